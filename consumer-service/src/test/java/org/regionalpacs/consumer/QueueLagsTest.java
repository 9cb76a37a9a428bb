package org.regionalpacs.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.regionalpacs.test.RealServices;
import org.springframework.kafka.core.KafkaAdmin;

/** Who tells that Kafka is away must not end by it. */
class QueueLagsTest {
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final AtomicInteger asked = new AtomicInteger();

  @Test
  void givenNoClientCanBeMadeAtFirst_whenOneCan_thenKafkaIsUp() {
    String bootstrap = RealServices.kafkaBootstrap();
    KafkaAdmin kafka = new KafkaAdmin(Map.of());
    kafka.setBootstrapServersSupplier(() ->
        switch (asked.incrementAndGet()) {
          case 1 -> "no address";
          case 2 -> throw new NoClassDefFoundError("of a test");
          default -> bootstrap;
        });
    QueueLags lags = new QueueLags(kafka, new QueueLagProperties(Duration.ofMillis(100)), meters);
    assertThat(up()).isZero();

    lags.start();
    try {
      await().atMost(Duration.ofSeconds(30)).until(() -> up() == 1);
    } finally {
      lags.stop();
    }
    assertThat(asked).hasValue(3);
  }

  private double up() {
    return meters.get("pacs.kafka.up").gauge().value();
  }
}
