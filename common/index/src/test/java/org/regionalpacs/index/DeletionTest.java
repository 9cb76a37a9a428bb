package org.regionalpacs.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.index.LocationWriter.PlacedObject;
import org.regionalpacs.index.Removals.Removal;
import org.regionalpacs.test.IntegrationTest;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@IntegrationTest
class DeletionTest {
  private static final String TENANT = "default";
  private static final Duration EXACT = Duration.ZERO;

  @Autowired IndexWriter writer;
  @Autowired LocationWriter locations;
  @Autowired DeletionWriter deletions;
  @Autowired DeletionJournal journal;
  @Autowired Removals removals;
  @Autowired Tombstones tombstones;
  @Autowired CountWriter counts;
  @Autowired JdbcClient jdbc;
  @Autowired PlatformTransactionManager transactions;

  private final String study = UID.generate();
  private final String first = study + ".1";
  private final String second = study + ".2";

  @BeforeEach
  void empty() {
    for (String table : List.of("removal", "deletion", "dead_reception", "location")) {
      jdbc.sql("delete from " + table).update();
    }
  }

  @Test
  void givenAStudy_whenDeleted_thenNothingOfItIsLeftAndItsPlacesAreToBeRemoved() {
    IndexedInstance one = received(first);
    IndexedInstance other = received(second);

    Deletion deletion = delete(DeletionTarget.study(TENANT, study)).orElseThrow();

    assertThat(deletion.objects()).isEqualTo(2);
    for (String table : List.of("study", "series", "instance", "superseded_instance")) {
      assertThat(rows(table)).as(table).isZero();
    }
    assertThat(
            count(
                "select count(*) from patient where tenant = ? and patient_id = ?",
                TENANT,
                "P-" + study))
        .isZero();
    assertThat(count("select count(*) from location where tenant = ?", TENANT)).isZero();
    journalAll();
    assertThat(removed("local")).containsExactlyInAnyOrder(id(one), id(other));
    assertThat(handedOver()).containsExactlyInAnyOrder(id(one), id(other));
    assertThat(removals.waiting()).isZero();
  }

  @Test
  void givenADeletion_whenItIsNotJournaled_thenNothingIsRemoved() {
    received(first);
    delete(DeletionTarget.study(TENANT, study));

    assertThat(removed("local")).isEmpty();
    assertThat(handedOver()).isEmpty();

    assertThat(journal.waiting(10))
        .singleElement()
        .satisfies(entry -> {
          assertThat(entry.study()).isEqualTo(study);
          assertThat(entry.series()).isEmpty();
          journal.journaled(entry);
        });
    assertThat(journal.waiting(10)).isEmpty();
    assertThat(removed("local")).hasSize(1);
  }

  @Test
  void givenASeries_whenDeleted_thenTheOthersStayWithTheirCounts() {
    received(first);
    received(first);
    received(second);
    counts.recount(100);

    delete(DeletionTarget.series(TENANT, study, first));

    assertThat(rows("series")).isEqualTo(1);
    assertThat(rows("instance")).isEqualTo(1);
    assertThat(count("select instance_count from study where study_uid = ?", study)).isEqualTo(1);
    assertThat(count("select series_count from study where study_uid = ?", study)).isEqualTo(1);
  }

  @Test
  void givenAnInstanceWithVersions_whenDeleted_thenAllVersionsGoAndItsSeriesHasChanged() {
    IndexedInstance object = place(sample(first).digest(1).build());
    IndexedInstance newer = place(sample(first).sop(object.object().sop()).digest(2).build());
    received(first);
    counts.recount(100);
    long before = changeNumber();

    Deletion deletion = delete(instance(object)).orElseThrow();
    counts.recount(100);

    assertThat(deletion.objects()).isEqualTo(2);
    assertThat(rows("superseded_instance")).isZero();
    assertThat(changeNumber()).isEqualTo(before + 1);
    assertThat(count("select instance_count from study where study_uid = ?", study)).isEqualTo(1);
    journalAll();
    assertThat(handedOver()).containsExactlyInAnyOrder(id(object), id(newer));
  }

  @Test
  void givenTheLastInstance_whenDeleted_thenSeriesStudyAndPatientGoToo() {
    IndexedInstance object = received(first);
    delete(instance(object));

    assertThat(rows("series")).isZero();
    assertThat(rows("study")).isZero();
  }

  @Test
  void givenAPatientOfTwoStudies_whenOneIsDeleted_thenThePatientStays() {
    received(first);
    String other = UID.generate();
    writer.index(List.of(Sample.of(other).patient("P-" + study).build()));

    delete(DeletionTarget.study(TENANT, study));

    assertThat(count("select count(*) from patient where patient_id = ?", "P-" + study))
        .isEqualTo(1);
  }

  @Test
  void givenADeletedStudy_whenItsMessagesComeAgain_thenNothingReturns() {
    IndexedInstance object = received(first);
    delete(DeletionTarget.study(TENANT, study));
    jdbc.sql("delete from removal").update();

    IndexResult again = writer.index(List.of(object));
    locations.upsert(places(object));

    assertThat(again).isEqualTo(IndexResult.NOTHING);
    for (String table : List.of("study", "series", "instance")) {
      assertThat(rows(table)).as(table).isZero();
    }
    assertThat(count("select count(*) from location where tenant = ?", TENANT)).isZero();
    journalAll();
    assertThat(removed("local")).containsExactly(id(object));
  }

  @Test
  void givenObjectsThatTheIndexDidNotKnowYet_whenTheyComeAfterTheDeletion_thenTheyAreDead() {
    received(first);
    IndexedInstance late = sample(second).build();
    locations.upsert(places(late));
    delete(DeletionTarget.study(TENANT, study));
    jdbc.sql("delete from removal").update();

    writer.index(List.of(late));

    assertThat(rows("instance")).isZero();
    journalAll();
    assertThat(handedOver()).containsExactly(id(late));
  }

  @Test
  void givenADeletedInstance_whenItIsReceivedAgain_thenItIsNewAndTheOldOneStaysDead() {
    IndexedInstance object = received(first);
    delete(instance(object));
    IndexedInstance again = sample(first).sop(object.object().sop()).reception(now()).build();

    writer.index(List.of(object, again));
    locations.upsert(places(again));

    assertThat(
            jdbc.sql("select reception_id from instance where study_uid = ?")
                .param(study)
                .query(UUID.class)
                .list())
        .containsExactly(id(again));
    assertThat(rows("superseded_instance")).isZero();
    assertThat(tombstones.dead(List.of(object.object().key(), again.object().key())))
        .containsOnlyKeys(id(object));
  }

  @Test
  void givenANodeWhoseClockIsAhead_whenItsObjectIsDeleted_thenItStaysSo() {
    IndexedInstance ahead = sample(first).reception(at(Instant.now().plusSeconds(3600))).build();
    place(ahead);
    delete(DeletionTarget.study(TENANT, study));

    writer.index(List.of(ahead));

    assertThat(rows("instance")).isZero();
    assertThat(journal.waiting(1).getFirst().receptions()).containsExactly(id(ahead));
  }

  @Test
  void givenATolerance_whenAnUnknownObjectCameJustBefore_thenItLives() {
    received(first);
    IndexedInstance recent = sample(second).reception(now()).build();
    deletions.delete(DeletionTarget.study(TENANT, study), Duration.ofSeconds(30));

    writer.index(List.of(recent));

    assertThat(rows("instance")).isEqualTo(1);
  }

  @Test
  void givenNothingOfThatName_whenDeleted_thenItSaysSoAndChangesNothing() {
    IndexedInstance object = received(first);

    assertThat(delete(DeletionTarget.study("other", study))).isEmpty();
    assertThat(delete(DeletionTarget.series(TENANT, study, second))).isEmpty();
    assertThat(delete(DeletionTarget.instance(TENANT, study, second, object.object().sop())))
        .isEmpty();

    assertThat(rows("instance")).isEqualTo(1);
    assertThat(journal.waiting(10)).isEmpty();
  }

  @Test
  void givenADeletion_whenRepeated_thenThereIsNothingToDelete() {
    received(first);
    assertThat(delete(DeletionTarget.study(TENANT, study))).isPresent();
    assertThat(delete(DeletionTarget.study(TENANT, study))).isEmpty();
  }

  @Test
  void givenADeletedSeries_whenItComesAgain_thenItsChangeNumberGoesOn() {
    received(first);
    received(first);
    long before = changeNumber();
    delete(DeletionTarget.study(TENANT, study));

    writer.index(List.of(sample(first).reception(now()).build()));

    assertThat(changeNumber()).isEqualTo(before + 1);
  }

  @Test
  void givenABlobThatCannotBeRemovedNow_whenTriedAgain_thenItIsRemovedLater() {
    received(first);
    received(first);
    delete(DeletionTarget.study(TENANT, study));
    journalAll();
    // So that it rests for longer than a busy machine takes to look.
    jdbc.sql("update removal set attempts = 8").update();
    List<UUID> gone = new ArrayList<>();
    int taken =
        removals.remove(
            "local",
            10,
            removal -> {
              if (gone.isEmpty()) {
                gone.add(removal.reception().receptionId());
                return;
              }
              throw new IOException("store is away");
            });

    assertThat(taken).isEqualTo(2);
    assertThat(removed("local")).as("it rests").isEmpty();
    jdbc.sql("update removal set not_before = now()").update();
    assertThat(removed("local")).hasSize(1);
  }

  /** The writer has the study's lock when the deletion comes, or comes after it. */
  @Test
  void givenADeletionAndAnIndexerAtTheSameTime_whenBothEnd_thenTheOlderReceptionsAreDead()
      throws Exception {
    for (int round = 0; round < 20; round++) {
      received(first);
      List<IndexedInstance> batch =
          List.of(
              sample(first).build(), sample(second).build(), sample(study + "." + round).build());
      CountDownLatch start = new CountDownLatch(1);
      try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
        Future<?> indexing =
            threads.submit(() -> {
              start.await();
              batch.forEach(one -> locations.upsert(places(one)));
              return writer.index(batch);
            });
        Future<?> counting =
            threads.submit(() -> {
              start.await();
              return counts.recount(10);
            });
        Future<?> deleting =
            threads.submit(() -> {
              start.await();
              return delete(DeletionTarget.study(TENANT, study));
            });
        start.countDown();
        indexing.get(30, TimeUnit.SECONDS);
        counting.get(30, TimeUnit.SECONDS);
        deleting.get(30, TimeUnit.SECONDS);
      }
      for (String table : List.of("study", "series", "instance")) {
        assertThat(rows(table)).as(table).isZero();
      }
      assertThat(count("select count(*) from location where tenant = ?", TENANT)).isZero();
    }
  }

  @Test
  void givenAWriterInItsTransaction_whenDeleted_thenTheDeletionWaitsAndTakesItsObjectsToo()
      throws Exception {
    received(first);
    IndexedInstance slow = sample(second).build();
    CountDownLatch written = new CountDownLatch(1);
    CountDownLatch commit = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      Future<?> writing =
          threads.submit(() ->
              new TransactionTemplate(transactions)
                  .execute(_ -> {
                    writer.index(List.of(slow));
                    written.countDown();
                    return awaitQuietly(commit);
                  }));
      assertThat(written.await(30, TimeUnit.SECONDS)).isTrue();
      Future<Optional<Deletion>> deleting =
          threads.submit(() -> delete(DeletionTarget.study(TENANT, study)));
      await()
          .until(() ->
              count("select count(*) from pg_locks where locktype = 'advisory' and not granted")
                  == 1);
      commit.countDown();
      writing.get(30, TimeUnit.SECONDS);

      assertThat(deleting.get(30, TimeUnit.SECONDS).orElseThrow().objects()).isEqualTo(2);
    }
    assertThat(rows("instance")).isZero();
  }

  private static boolean awaitQuietly(CountDownLatch latch) {
    try {
      return latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Sample sample(String series) {
    return Sample.of(study).series(series).patient("P-" + study).with(Tag.Modality, "CT");
  }

  /** Indexed, with a place online and one in the archive. */
  private IndexedInstance received(String series) {
    return place(sample(series).build());
  }

  private IndexedInstance place(IndexedInstance object) {
    locations.upsert(places(object));
    writer.index(List.of(object));
    return object;
  }

  private static List<PlacedObject> places(IndexedInstance object) {
    String name = object.object().sop();
    return List.of(
        new PlacedObject(
            object.object().key(),
            new ObjectLocation(ObjectLocation.ONLINE, "node", name + ".dcm", 0, 1000)),
        new PlacedObject(object.object().key(), new ObjectLocation("local", "", name, 0, 1000)));
  }

  private Optional<Deletion> delete(DeletionTarget target) {
    return deletions.delete(target, EXACT);
  }

  private DeletionTarget instance(IndexedInstance object) {
    return DeletionTarget.instance(TENANT, study, object.object().series(), object.object().sop());
  }

  private void journalAll() {
    journal.waiting(1000).forEach(journal::journaled);
  }

  private List<UUID> removed(String store) {
    List<UUID> removed = new ArrayList<>();
    removals.remove(store, 1000, removal -> removed.add(removal.reception().receptionId()));
    return removed;
  }

  private List<UUID> handedOver() {
    List<Removal> taken = new ArrayList<>();
    removals.handOver(1000, taken::addAll);
    assertThat(Set.copyOf(taken.stream().map(Removal::node).toList())).isSubsetOf("node");
    return taken.stream().map(removal -> removal.reception().receptionId()).toList();
  }

  private static UUID id(IndexedInstance object) {
    return object.object().receptionId();
  }

  private static UUID now() {
    return at(Instant.now());
  }

  private static UUID at(Instant time) {
    return new UUID(time.toEpochMilli() << 16 | 0x7FFF, -1L);
  }

  private long changeNumber() {
    return count(
        "select change_number from series where study_uid = ? and series_uid = ?", study, first);
  }

  private long rows(String table) {
    return count(
        "select count(*) from " + table + " where tenant = ? and study_uid = ?", TENANT, study);
  }

  private long count(String sql, Object... parameters) {
    return jdbc.sql(sql).params(parameters).query(Long.class).single();
  }
}
