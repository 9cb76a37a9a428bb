package org.regionalpacs.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.regionalpacs.messages.StorageMessage;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.kafka.KafkaException;

class IsolationTest {
  private final List<Integer> sizes = new ArrayList<>();

  @Test
  void givenOneAmong500ThatIsRefused_whenProcessed_thenItAloneIsDeadAfterFewBatches()
      throws Exception {
    StepResult result =
        Isolation.process(
            failing(new DataIntegrityViolationException("too long\nDetail: of Jane"), 123),
            batch(500));

    assertThat(result.unusable()).hasSize(1);
    assertThat(result.unusable().getFirst().record().offset()).isEqualTo(123);
    assertThat(result.unusable().getFirst().cause()).contains("too long").doesNotContain("Jane");
    assertThat(result.later()).isEmpty();
    assertThat(sizes).hasSizeLessThanOrEqualTo(20);
  }

  @Test
  void givenADefectThatOneRecordHits_whenProcessed_thenItAloneIsPutOff() throws Exception {
    StepResult result =
        Isolation.process(failing(new IllegalStateException("a defect"), 3), batch(10));

    assertThat(result.later()).hasSize(1);
    assertThat(result.later().getFirst().record().record().offset()).isEqualTo(3);
    assertThat(result.unusable()).isEmpty();
  }

  @Test
  void givenAnOutage_whenProcessed_thenTheWholeBatchComesAgain() {
    for (RuntimeException outage :
        List.of(
            new DataAccessResourceFailureException("down"),
            new CannotAcquireLockException("deadlock"),
            new KafkaException("down"))) {
      sizes.clear();
      assertThatThrownBy(() -> Isolation.process(failing(outage, 3), batch(10))).isSameAs(outage);
      assertThat(sizes).containsExactly(10);
    }
  }

  @Test
  void givenFilesThatFailEachForItself_whenMapped_thenTheOthersAreDone() throws Exception {
    ParallelWork.Results<Long> results =
        new ParallelWork(4)
            .map(
                batch(10),
                record -> {
                  if (record.record().offset() == 2) {
                    throw new IOException("on another node");
                  }
                  if (record.record().offset() == 5) {
                    throw new StackOverflowError();
                  }
                  return record.record().offset();
                });

    assertThat(results.done()).containsExactly(0L, 1L, 3L, 4L, 6L, 7L, 8L, 9L);
    assertThat(results.leftUndone().later()).extracting(Postponed::cause).hasSize(2);
  }

  @Test
  void givenTheDatabaseFailsForOneFile_whenMapped_thenItIsAnOutage() {
    assertThatThrownBy(() ->
            new ParallelWork(4)
                .map(
                    batch(3),
                    _ -> {
                      throw new DataAccessResourceFailureException("down");
                    }))
        .isInstanceOf(DataAccessResourceFailureException.class);
  }

  private Step failing(RuntimeException failure, long offset) {
    return new Step() {
      @Override
      public String group() {
        return "test";
      }

      @Override
      public StepResult process(List<StorageRecord> batch) {
        sizes.add(batch.size());
        if (batch.stream().anyMatch(record -> record.record().offset() == offset)) {
          throw failure;
        }
        return StepResult.DONE;
      }
    };
  }

  private static List<StorageRecord> batch(int size) {
    return IntStream.range(0, size)
        .mapToObj(offset ->
            new StorageRecord(
                new ConsumerRecord<>("storage_queue", 0, offset, "1.2", new byte[0]), message()))
        .toList();
  }

  private static StorageMessage message() {
    return new StorageMessage(
        1,
        UUID.randomUUID(),
        "default",
        "1.2",
        "",
        "1.2.3",
        "1.2",
        "1.2.1",
        "",
        "",
        1,
        "f",
        0,
        "n",
        "",
        "",
        Instant.EPOCH,
        "00".repeat(32));
  }
}
