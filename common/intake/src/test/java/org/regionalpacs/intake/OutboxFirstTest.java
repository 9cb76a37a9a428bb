package org.regionalpacs.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.messages.StorageMessage;
import org.regionalpacs.test.RealServices;
import org.springframework.util.unit.DataSize;

/** All messages go to the outbox, and from there to Kafka. */
@Timeout(120)
class OutboxFirstTest {
  private static final IntakeProperties PROPERTIES =
      new IntakeProperties(
          Sync.FSYNC,
          Duration.ofSeconds(30),
          true,
          DataSize.ofMegabytes(1),
          DataSize.ofGigabytes(1),
          true);

  @TempDir Path root;
  private final String study = UID.generate();
  private final String kafka = RealServices.kafkaBootstrap();

  @Test
  void givenKafkaTakesMessages_whenReceived_thenTheyReachItInOrderAndNothingIsKept()
      throws Exception {
    try (TestIntake intake = TestIntake.start(root, kafka, PROPERTIES)) {
      List<StorageMessage> received = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        received.add(intake.receive(TestObject.create(study)).message());
      }

      await()
          .untilAsserted(() ->
              assertThat(QueueReader.messages(kafka, study)).containsExactlyElementsOf(received));
      await().until(() -> kept(intake) == 0);
    }
  }

  @Test
  void givenKafkaHangs_whenReceived_thenNobodyWaitsForItAndTheNextProcessDelivers()
      throws Exception {
    List<StorageMessage> received = new ArrayList<>();
    try (TestIntake intake = TestIntake.start(root, TestIntake.NO_KAFKA, PROPERTIES)) {
      long start = System.nanoTime();
      received.add(intake.receive(TestObject.create(study)).message());
      received.add(intake.receive(TestObject.create(study)).message());
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isLessThan(PROPERTIES.publishTimeout().dividedBy(2));
      assertThat(kept(intake)).isPositive();
    }

    try (TestIntake _ = TestIntake.start(root, kafka, PROPERTIES)) {
      await()
          .untilAsserted(() ->
              assertThat(QueueReader.messages(kafka, study)).containsExactlyElementsOf(received));
    }
  }

  @Test
  void givenAServiceThatStops_whenKafkaTakesMessages_thenTheLastOnesAreDelivered()
      throws Exception {
    StorageMessage first;
    StorageMessage last;
    try (TestIntake intake = TestIntake.start(root, kafka, PROPERTIES)) {
      first = intake.receive(TestObject.create(study)).message();
      await().until(() -> kept(intake) == 0);
      last = intake.receive(TestObject.create(study)).message();
    }

    assertThat(QueueReader.messages(kafka, study)).containsExactly(first, last);
    try (TestIntake next = TestIntake.start(root, kafka, PROPERTIES)) {
      assertThat(kept(next)).isZero();
    }
  }

  /** What the producer runs before it sends: fails once, as when a class can't be loaded. */
  public static final class FailsOnce implements ProducerInterceptor<String, byte[]> {
    private static final AtomicInteger CALLS = new AtomicInteger();

    @Override
    public ProducerRecord<String, byte[]> onSend(ProducerRecord<String, byte[]> message) {
      if (CALLS.getAndIncrement() == 0) {
        throw new NoClassDefFoundError("of a jar that was replaced");
      }
      return message;
    }

    @Override
    public void onAcknowledgement(RecordMetadata metadata, Exception failure) {}

    @Override
    public void close() {}

    @Override
    public void configure(Map<String, ?> settings) {}
  }

  @Test
  void givenAnErrorWhileDelivering_thenItIsDeliveredAllTheSame() throws Exception {
    Map<String, Object> connection =
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            kafka,
            ProducerConfig.INTERCEPTOR_CLASSES_CONFIG,
            FailsOnce.class.getName());
    try (TestIntake intake = TestIntake.start(root, connection, PROPERTIES)) {
      StorageMessage received = intake.receive(TestObject.create(study)).message();

      await().until(() -> kept(intake) == 0);
      assertThat(QueueReader.messages(kafka, study)).containsExactly(received);
      assertThat(FailsOnce.CALLS).hasValueGreaterThan(1);
    }
  }

  private long kept(TestIntake intake) throws Exception {
    long bytes = 0;
    for (String name : intake.files()) {
      bytes += name.startsWith(".outbox/") ? Files.size(root.resolve(name)) : 0;
    }
    return bytes;
  }
}
