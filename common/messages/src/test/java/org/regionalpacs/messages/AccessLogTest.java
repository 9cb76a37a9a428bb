package org.regionalpacs.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.ProducerFactory;

class AccessLogTest {
  @Test
  void givenKafkaTakesRecords_whenRecorded_thenTheyArriveKeyedByStudy() {
    var producer =
        new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
    ProducerFactory<String, byte[]> factory = () -> producer;
    try (AccessLog log = new AccessLog(new KafkaTemplate<>(factory))) {
      log.record(message("1.2.3"));
      await().atMost(Duration.ofSeconds(60)).until(() -> producer.history().size() == 1);
    }
    assertThat(producer.history().getFirst().topic()).isEqualTo(Topics.LOG);
    assertThat(producer.history().getFirst().key()).isEqualTo("1.2.3");
  }

  @Test
  void givenAConversion_whenRecorded_thenItIsOnTheSameTopic() {
    var producer =
        new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
    ConversionMessage conversion =
        new ConversionMessage(
            ConversionMessage.SCHEMA_VERSION,
            ReceptionId.next(),
            Instant.EPOCH,
            "default",
            "1.2.3",
            "1.2.3.1",
            "1.2.3.1.1",
            ReceptionId.next(),
            "1.2.840.10008.1.2.1",
            "1.2.840.10008.1.2.4.90",
            1,
            10,
            5,
            ConversionOutcome.DONE,
            "");
    try (AccessLog log = new AccessLog(new KafkaTemplate<>(() -> producer))) {
      log.record(conversion);
      await().atMost(Duration.ofSeconds(60)).until(() -> producer.history().size() == 1);
    }
    assertThat(producer.history().getFirst().topic()).isEqualTo(Topics.LOG);
    assertThat(producer.history().getFirst().key()).isEqualTo("1.2.3");
    assertThat(new LogRecordCodec().decode(producer.history().getFirst().value()))
        .isEqualTo(conversion);
  }

  @Test
  void givenNobodyAnswersAtKafkasAddress_whenManyAreRecorded_thenNoneWaitsAndTheRestIsCounted() {
    Map<String, Object> nowhere =
        new HashMap<>(Map.of("bootstrap.servers", "127.0.0.1:1", "max.block.ms", 500));
    var template =
        new KafkaTemplate<>(
            new DefaultKafkaProducerFactory<>(
                nowhere, new StringSerializer(), new ByteArraySerializer()));
    try (AccessLog log = new AccessLog(template)) {
      Instant start = Instant.now();
      for (int i = 0; i < 10_000; i++) {
        log.record(message("1.2.3"));
      }
      assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(10));
      assertThat(log.dropped()).isPositive();
    }
  }

  @Test
  void givenAProducer_whenClosed_thenItIsNotWaitedForLong() {
    List<Duration> limits = new ArrayList<>();
    var factory =
        new DefaultKafkaProducerFactory<String, byte[]>(Map.of()) {
          @Override
          protected Producer<String, byte[]> createRawProducer(Map<String, Object> settings) {
            return new MockProducer<>(
                true, null, new StringSerializer(), new ByteArraySerializer()) {
              @Override
              public void close(Duration limit) {
                limits.add(limit);
                super.close(limit);
              }
            };
          }
        };
    var template = new KafkaTemplate<>(factory);
    try (AccessLog log = new AccessLog(template)) {
      log.record(message("1.2.3"));
    }

    factory.destroy();
    assertThat(limits).isNotEmpty().allMatch(limit -> limit.toSeconds() <= 2);
  }

  @Test
  void givenTheBestEffortSettings_whenAProducerIsMadeOfThem_thenItTakesThem() {
    Map<String, Object> settings = new HashMap<>(AccessLogConfiguration.BEST_EFFORT);
    settings.put("bootstrap.servers", "127.0.0.1:1");
    assertThatCode(() -> new KafkaProducer<String, byte[]>(settings).close(Duration.ZERO))
        .doesNotThrowAnyException();
  }

  private static LogMessage message(String study) {
    return new LogMessage(
        LogMessage.SCHEMA_VERSION,
        ReceptionId.next(),
        Instant.now(),
        "default",
        "storescp",
        "C-STORE",
        "CT1",
        "127.0.0.1",
        study,
        "",
        "",
        0,
        "",
        1,
        1,
        "");
  }
}
