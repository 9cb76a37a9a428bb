package org.regionalpacs.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.index.Change.Action;
import org.regionalpacs.test.IntegrationTest;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@IntegrationTest
@TestPropertySource(properties = "spring.datasource.hikari.maximum-pool-size=12")
class ChangeFeedTest {
  private static final String TENANT = "default";
  private static final int MANY = 100_000;

  @Autowired IndexWriter writer;
  @Autowired DeletionWriter deletions;
  @Autowired ChangeSequencer sequencer;
  @Autowired ChangeFeed feed;
  @Autowired JdbcClient jdbc;
  @Autowired PlatformTransactionManager transactions;

  private final String study = UID.generate();
  private long start;

  @BeforeEach
  void fromHere() {
    numberAll();
    start = feed.extent().last();
  }

  @Test
  void givenObjectsOfOneInstance_whenIndexed_thenCreatedReplacedAndDeletedInThisOrder() {
    IndexedInstance first = Sample.of(study).digest(1).build();
    writer.index(List.of(first));
    IndexedInstance second = Sample.of(study).sop(first.object().sop()).digest(2).build();
    writer.index(List.of(second));
    deletions.delete(DeletionTarget.study(TENANT, study), Duration.ZERO);
    numberAll();

    List<Change> changes = feed.after(TENANT, start, MANY);

    assertThat(changes)
        .extracting(Change::action)
        .containsExactly(Action.CREATED, Action.REPLACED, Action.DELETED);
    assertThat(changes)
        .extracting(Change::sequence)
        .containsExactly(start + 1, start + 2, start + 3);
    assertThat(changes.get(0).receptionId()).contains(first.object().receptionId());
    assertThat(changes.get(1).receptionId()).contains(second.object().receptionId());
    assertThat(changes.get(1).sop()).contains(first.object().sop());
    assertThat(changes.get(2).series()).as("the whole study").isEmpty();
    assertThat(changes).allMatch(change -> change.study().equals(study));
  }

  @Test
  void givenABatchThatComesAgainOrSaysTheSame_whenIndexed_thenNothingChanged() {
    IndexedInstance one = Sample.of(study).digest(1).build();
    writer.index(List.of(one));
    writer.index(List.of(one));
    writer.index(List.of(Sample.of(study).sop(one.object().sop()).digest(1).build()));
    numberAll();

    assertThat(feed.after(TENANT, start, MANY)).hasSize(1);
  }

  @Test
  void givenAnOlderVersionThatComesLate_whenIndexed_thenNothingChanged() {
    IndexedInstance older = Sample.of(study).digest(1).build();
    IndexedInstance newer = Sample.of(study).sop(older.object().sop()).digest(2).build();
    writer.index(List.of(newer));
    writer.index(List.of(older));
    numberAll();

    assertThat(feed.after(TENANT, start, MANY)).hasSize(1);
  }

  @Test
  void givenAnInstanceDeleted_whenItIsNotThere_thenNothingChanged() {
    deletions.delete(DeletionTarget.study(TENANT, study), Duration.ZERO);
    numberAll();

    assertThat(feed.after(TENANT, start, MANY)).isEmpty();
  }

  @Test
  void givenATransactionThatIsRolledBack_whenNumbered_thenNothingChanged() {
    new TransactionTemplate(transactions)
        .executeWithoutResult(status -> {
          writer.index(List.of(Sample.of(study).build()));
          status.setRollbackOnly();
        });
    numberAll();

    assertThat(feed.after(TENANT, start, MANY)).isEmpty();
    assertThat(feed.extent().last()).isEqualTo(start);
  }

  @Test
  void givenWritersAndTwoSequencers_whenAReaderFollows_thenItMissesNothingAndSeesNothingTwice()
      throws Exception {
    int writers = 6;
    int batches = 25;
    AtomicBoolean written = new AtomicBoolean();
    AtomicBoolean numbered = new AtomicBoolean();
    List<Change> seen = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> reader =
          threads.submit(() -> {
            long last = start;
            while (true) {
              boolean end = numbered.get();
              List<Change> page = feed.after(TENANT, last, 17);
              seen.addAll(page);
              last = page.isEmpty() ? last : page.getLast().sequence();
              if (end && page.isEmpty()) {
                return;
              }
            }
          });
      List<Future<?>> sequencers = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        sequencers.add(
            threads.submit(() -> {
              while (!written.get()) {
                sequencer.number(13);
              }
            }));
      }
      List<Future<?>> writing = new ArrayList<>();
      for (int i = 0; i < writers; i++) {
        int seed = i;
        writing.add(
            threads.submit(() -> {
              Random random = new Random(seed);
              for (int batch = 0; batch < batches; batch++) {
                String own = UID.generate();
                writer.index(
                    IntStream.rangeClosed(0, random.nextInt(5))
                        .mapToObj(_ -> Sample.of(own).build())
                        .toList());
              }
            }));
      }
      try {
        for (Future<?> each : writing) {
          each.get(10, TimeUnit.MINUTES);
        }
        written.set(true);
        for (Future<?> each : sequencers) {
          each.get(10, TimeUnit.MINUTES);
        }
        // Alone now: beside another sequencer it would find nothing to do while that isn't done.
        numberAll();
      } finally {
        written.set(true);
        numbered.set(true);
      }
      reader.get(10, TimeUnit.MINUTES);
    }

    assertThat(seen).extracting(Change::sequence).isSorted();
    assertThat(new HashSet<>(seen)).hasSameSizeAs(seen);
    assertThat(seen).hasSize((int) (feed.extent().last() - start));
    assertThat(seen)
        .hasSize(
            jdbc.sql("select count(*) from change where sequence > ?")
                .param(start)
                .query(Integer.class)
                .single());
  }

  @Test
  void givenAnotherSequencerAtIt_whenNumbered_thenItIsLeftAlone() {
    writer.index(List.of(Sample.of(study).build()));
    new TransactionTemplate(transactions)
        .executeWithoutResult(_ -> {
          jdbc.sql("select last from change_sequence for update").query(Long.class).single();
          try (ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThat(thread.submit(() -> sequencer.number(10)).get(30, TimeUnit.SECONDS))
                .isZero();
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        });
    assertThat(sequencer.number(10)).isEqualTo(1);
  }

  @Test
  void givenOldChanges_whenForgotten_thenTheFeedSaysUpToWhere() {
    for (int i = 0; i < 5; i++) {
      writer.index(List.of(Sample.of(study).build()));
    }
    numberAll();
    jdbc.sql("update change set happened = now() - interval '100 days' where sequence <= ?")
        .param(start + 3)
        .update();

    while (sequencer.forget(Duration.ofDays(90), 2) == 2) {
      // The next ones.
    }

    assertThat(feed.extent().forgotten()).isEqualTo(start + 3);
    assertThat(feed.after(TENANT, start, MANY))
        .extracting(Change::sequence)
        .containsExactly(start + 4, start + 5);
    assertThat(sequencer.forget(Duration.ofDays(90), 2)).isZero();
    assertThat(feed.extent().forgotten()).isEqualTo(start + 3);
  }

  @Test
  void givenAnotherTenant_whenRead_thenItsChangesAreNotSeen() {
    writer.index(List.of(Sample.of(study).build()));
    numberAll();

    assertThat(feed.after("other", start, MANY)).isEmpty();
    assertThat(feed.afterOfAll(start, MANY)).hasSize(1);
  }

  @Test
  void givenAWrongNumberOfChanges_whenAsked_thenRefused() {
    assertThatThrownBy(() -> feed.after(TENANT, start, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> sequencer.number(0)).isInstanceOf(IllegalArgumentException.class);
  }

  private void numberAll() {
    while (sequencer.number(1000) > 0) {
      // Until none is left.
    }
  }
}
