package org.regionalpacs.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.regionalpacs.messages.DeadLetterHeaders;
import org.regionalpacs.messages.StorageMessage;
import org.regionalpacs.storage.BlobStoreFullException;
import org.regionalpacs.storage.BlobStoreUnreachableException;
import org.regionalpacs.test.SampleObjects;
import org.springframework.beans.factory.annotation.Autowired;

/** Objects that can't be processed yet, while those behind them in their partition can. */
class ParkingTest extends RunningConsumers {
  private static final String AWAY = "6a8d7f0e-0000-4000-8000-000000000001";

  @Autowired MeterRegistry meters;
  @Autowired ParkedRecords parkedRecords;
  @Autowired ParkedRetries retries;

  @Test
  void givenAFileOnANodeThatIsAway_whenDelivered_thenTheOthersGoOnAndItComesWhenItCanBeRead()
      throws Exception {
    StorageMessage away = AcceptedObjects.onNode(intake.accept(study.image(1)), AWAY);
    List<StorageMessage> messages = new ArrayList<>(List.of(away));
    messages.addAll(intake.accept(study, 5));

    send(messages);

    try {
      await().atMost(PATIENCE).until(() -> indexed(study).size() == 5);
      awaitNoLag();
      assertThat(parked(study)).isEqualTo(2);
      await()
          .atMost(PATIENCE)
          .until(
              () -> meters.get("pacs.parked.records").tag("group", "indexer").gauge().value() == 1);
      assertThat(deadLetters(study)).isEmpty();
    } finally {
      archivedBySomebodyElse(away);
    }
    await().atMost(PATIENCE).until(() -> indexed(study).contains(away.sopInstance()));
    await().atMost(PATIENCE).until(() -> parked(study) == 0);
    assertThat(deadLetters(study)).isEmpty();
  }

  @Test
  void givenAFileThatNeverComes_whenTheTimeIsOver_thenItIsADeadLetterThatTellsWhy() {
    StorageMessage away = AcceptedObjects.onNode(intake.accept(study.image(1)), AWAY);

    send(List.of(away));
    await().atMost(PATIENCE).until(() -> parked(study) == 2);
    jdbc.sql("update parked_record set parked = parked - interval '2 hours' where record_key = ?")
        .param(study.studyUid())
        .update();

    await().atMost(PATIENCE).until(() -> deadLetters(study).size() == 2);
    await().atMost(PATIENCE).until(() -> parked(study) == 0);
    List<ConsumerRecord<String, byte[]>> letters = deadLetters(study);
    assertThat(letters)
        .allSatisfy(letter -> {
          assertThat(header(letter, DeadLetterHeaders.CAUSE)).startsWith("given up after ");
          assertThat(letter.value()).isEqualTo(STORAGE.encode(away));
        });
    assertThat(
            letters.stream()
                .map(letter -> header(letter, DeadLetterHeaders.GROUP))
                .collect(Collectors.toSet()))
        .containsExactlyInAnyOrder("indexer", "archiver");
  }

  @Test
  void givenMoreThanMayWait_whenDelivered_thenTheStepWaitsAndNothingIsLost() throws Exception {
    List<StorageMessage> away =
        intake.accept(study, 30).stream()
            .map(message -> AcceptedObjects.onNode(message, AWAY))
            .toList();
    send(away);
    try {
      await().during(Duration.ofSeconds(2)).atMost(PATIENCE).until(() -> lag("indexer") > 0);
      assertThat(parkedRecords.count("indexer")).isLessThanOrEqualTo(20);
    } finally {
      for (StorageMessage message : away) {
        archivedBySomebodyElse(message);
      }
    }
    await().atMost(PATIENCE).until(() -> indexed(study).size() == 30);
    await().atMost(PATIENCE).until(() -> parked(study) == 0);
    awaitNoLag();
  }

  @Test
  void givenABlobStoreThatIsAwayForLong_whenTriedAgain_thenItIsNotGivenUpAsOthersAre()
      throws Exception {
    StorageMessage message = intake.accept(study, 1).getFirst();
    StorageRecord record =
        new StorageRecord(
            new ConsumerRecord<>("storage_queue", 4, 78, study.studyUid(), STORAGE.encode(message)),
            message);
    parkedRecords.park("store", List.of(new Postponed(record, "test")));
    List<ParkedRecord> old = List.of(new ParkedRecord(record, 100, Instant.EPOCH));
    List<IOException> away =
        List.of(
            new BlobStoreUnreachableException("fastdfs", "no tracker answers"),
            new BlobStoreFullException("fastdfs", "no space"),
            new IOException(
                "no place", new BlobStoreUnreachableException("fastdfs", "no storage")));
    for (IOException each : away) {
      retries.tryAgain(failing(each), old);

      assertThat(parkedRecords.count("store")).as(each.toString()).isEqualTo(1);
      assertThat(deadLetters(study)).isEmpty();
    }

    retries.tryAgain(failing(new IOException("its node is away")), old);

    assertThat(parkedRecords.count("store")).isZero();
    assertThat(deadLetters(study)).hasSize(1);
  }

  private static Step failing(IOException failure) {
    return new Step() {
      @Override
      public String group() {
        return "store";
      }

      @Override
      public StepResult process(List<StorageRecord> batch) throws IOException {
        throw failure;
      }
    };
  }

  @Test
  void givenTwoProcesses_whenBothClaim_thenEachRecordIsWithOneUntilItsLeaseEnds() throws Exception {
    SampleObjects other = SampleObjects.newStudy();
    StorageRecord record =
        new StorageRecord(
            new ConsumerRecord<>(
                "storage_queue",
                3,
                77,
                other.studyUid(),
                STORAGE.encode(intake.accept(other.image(1)))),
            intake.accept(other.image(1)));
    record.record().headers().add("replay-of", "letter".getBytes());
    parkedRecords.park("nobody", List.of(new Postponed(record, "test")));
    parkedRecords.park("nobody", List.of(new Postponed(record, "delivered again")));

    List<ParkedRecord> claimed = new ArrayList<>();
    await()
        .atMost(PATIENCE)
        .until(() -> {
          claimed.addAll(parkedRecords.claim(NOBODY, 10, Duration.ofMinutes(1)));
          return !claimed.isEmpty();
        });
    assertThat(parkedRecords.claim(NOBODY, 10, Duration.ofMinutes(1))).isEmpty();
    ParkedRecord same = claimed.getFirst();
    assertThat(claimed).hasSize(1);
    assertThat(same.attempts()).isEqualTo(1);
    assertThat(same.record().record().key()).isEqualTo(other.studyUid());
    assertThat(header(same.record().record(), "replay-of")).isEqualTo("letter");

    jdbc.sql("update parked_record set due = now() where step = 'nobody'").update();
    await()
        .atMost(PATIENCE)
        .until(() -> parkedRecords.claim(NOBODY, 10, Duration.ofMinutes(1)).size() == 1);
    parkedRecords.remove("nobody", List.of(record));
    assertThat(parkedRecords.count("nobody")).isZero();
  }

  private static final Step NOBODY =
      new Step() {
        @Override
        public String group() {
          return "nobody";
        }

        @Override
        public StepResult process(List<StorageRecord> batch) {
          return StepResult.DONE;
        }
      };

  /** As the owning node's archiver would. */
  private void archivedBySomebodyElse(StorageMessage message) throws Exception {
    String blob = message.filePath().replace(".dcm", "/" + message.receptionId() + ".dcm");
    Path archived = FOLDER.resolve("archive").resolve(blob);
    Files.createDirectories(archived.getParent());
    Files.copy(FOLDER.resolve("online").resolve(message.filePath()), archived);
    UUID reception = message.receptionId();
    jdbc.sql(
            """
            insert into location (tenant, reception_id, store, node, blob_id, blob_length, state)
            values (?, ?, 'local', '', ?, ?, 'available')
            """)
        .params(message.tenant(), reception, blob, message.fileSize())
        .update();
  }
}
