package org.regionalpacs.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.embedded.KafkaServer;
import org.regionalpacs.embedded.KafkaSettings;
import org.regionalpacs.embedded.KafkaTopic;
import org.regionalpacs.intake.IntakeException.Reason;
import org.regionalpacs.messages.Topics;
import org.regionalpacs.test.FreePort;
import org.regionalpacs.test.RealServices;
import org.springframework.util.unit.DataSize;

@Timeout(300)
class KafkaOutageTest {
  @TempDir Path root;
  @TempDir Path kafkaFolder;

  @Test
  void givenKafkaIsDownAndNoOutbox_whenReceived_thenRefusedInTimeAndRepairedByResending()
      throws Exception {
    TestObject object = TestObject.create();
    IntakeProperties hurried = TestIntake.properties(Sync.FSYNC, false, Duration.ofSeconds(2));
    IntakeProperties noOutbox = TestIntake.properties(Sync.FSYNC, false);

    try (TestIntake intake = TestIntake.start(root, TestIntake.NO_KAFKA, hurried)) {
      long start = System.nanoTime();
      IntakeException refusal =
          catchThrowableOfType(IntakeException.class, () -> intake.receive(object));
      assertThat(refusal.reason()).isEqualTo(Reason.NOT_PUBLISHED);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(50));
    }

    String kafka = RealServices.kafkaBootstrap();
    try (TestIntake intake = TestIntake.start(root, kafka, noOutbox)) {
      assertThat(QueueReader.messages(kafka, object.study())).isEmpty();
      Received received = intake.receive(object);
      assertThat(received.duplicate()).isTrue();
      assertThat(QueueReader.messages(kafka, object.study())).containsExactly(received.message());
    }
  }

  @Test
  void givenAFullOutbox_whenReceived_thenRefusedBeforeAByteIsReadAndStored() throws Exception {
    TestObject refused = TestObject.create();
    try (TestIntake intake =
        TestIntake.start(root, TestIntake.NO_KAFKA, tiny(Duration.ofMillis(500)))) {
      intake.receive(TestObject.create());
      InputStream unread = refused.stream();
      int length = unread.available();

      IntakeException refusal =
          catchThrowableOfType(
              IntakeException.class, () -> intake.intake().receive(refused.reception(), unread));

      assertThat(refusal.reason()).isEqualTo(Reason.OUT_OF_RESOURCES);
      assertThat(refusal).hasMessageContaining("message queue is down");
      assertThat(unread.available()).isEqualTo(length);
      assertThat(intake.files()).noneMatch(name -> name.contains(refused.study()));
    }
    IntakeProperties patient = tiny(Duration.ofMinutes(1));
    try (TestIntake intake = TestIntake.start(root, RealServices.kafkaBootstrap(), patient)) {
      // Until Kafka has what the outbox holds.
      await()
          .ignoreExceptionsInstanceOf(IntakeException.class)
          .untilAsserted(() -> assertThat(intake.receive(refused).duplicate()).isFalse());
    }
  }

  private static IntakeProperties tiny(Duration publish) {
    return new IntakeProperties(
        Sync.FSYNC, publish, true, DataSize.ofMegabytes(1), DataSize.ofBytes(500));
  }

  @Test
  void givenKafkaGoesDown_whenReceived_thenSucceedsAndIsReplayedInOrder() throws Exception {
    KafkaSettings settings = KafkaSettings.in(kafkaFolder).ports(FreePort.any(), FreePort.any());
    KafkaServer kafka = KafkaServer.start(settings);
    try {
      kafka.createTopics(List.of(new KafkaTopic(Topics.STORAGE, 1, Duration.ofDays(1), true)));
      String bootstrap = kafka.bootstrapServers();
      IntakeProperties hurried = TestIntake.properties(Sync.FSYNC, true, Duration.ofSeconds(2));
      try (TestIntake intake = TestIntake.start(root, bootstrap, hurried)) {
        String study = UID.generate();
        List<Received> received = new ArrayList<>();
        received.add(intake.receive(TestObject.create(study)));

        kafka.close();
        received.add(intake.receive(TestObject.create(study)));
        long start = System.nanoTime();
        for (int i = 0; i < 50; i++) {
          received.add(intake.receive(TestObject.create(study)));
        }
        // Only the first one waits for Kafka.
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(80));
        assertThat(intake.files()).anyMatch(name -> name.startsWith(".outbox/"));
        assertThat(outbox(intake)).isPositive();

        kafka = KafkaServer.start(settings);
        await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> intake.files().stream().noneMatch(name -> name.startsWith(".outbox/")));
        assertThat(outbox(intake)).isZero();
        received.add(intake.receive(TestObject.create(study)));

        assertThat(QueueReader.messages(bootstrap, study).stream().distinct())
            .containsExactlyElementsOf(received.stream().map(Received::message).toList());
      }
    } finally {
      kafka.close();
    }
  }

  private static double outbox(TestIntake intake) {
    return intake.meters().get("pacs.intake.outbox.bytes").gauge().value();
  }
}
