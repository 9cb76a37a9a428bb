package org.regionalpacs.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.index.LocationWriter.PlacedObject;
import org.regionalpacs.test.IntegrationTest;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What the index says of files that go and come back, of when studies are read, and of pins. */
@IntegrationTest
class EvictionsTest {
  private static final String NODE = "node-1";

  @Autowired IndexWriter writer;
  @Autowired LocationWriter locations;
  @Autowired DeletionWriter deletions;
  @Autowired InstanceObjects instances;
  @Autowired StudyReads reads;
  @Autowired StudyPins pins;
  @Autowired JdbcTemplate template;
  @Autowired JdbcClient jdbc;
  @Autowired PlatformTransactionManager transactions;

  private final String uid = UID.generate();
  private final StudyIdentity study = new StudyIdentity("default", uid);
  private IndexedInstance one;
  private IndexedInstance other;
  private Evictions evictions;

  @BeforeEach
  void index() {
    evictions = new Evictions(template, new TransactionTemplate(transactions), NODE);
    one = Sample.of(uid).digest(1).build();
    other = Sample.of(uid).digest(2).build();
    writer.index(List.of(one, other));
    for (IndexedInstance each : List.of(one, other)) {
      place(each, new ObjectLocation("online", NODE, path(each), 0, 10));
      place(each, new ObjectLocation("fastdfs", "", "blob-" + each.object().sop(), 7, 10));
    }
  }

  @Test
  void givenObjects_whenListedForANode_thenEachComesWithItsFileAndCopies() {
    place(one, new ObjectLocation("local", "", "second", 0, 10));

    NodeObject found = object(one);

    assertThat(objects()).hasSize(2);
    assertThat(found.path()).isEqualTo(path(one));
    assertThat(found.digest()).isEqualTo("01".repeat(32));
    assertThat(found.dataSetOffset()).isEqualTo(300);
    assertThat(found.archived())
        .containsExactly(
            new ObjectLocation("fastdfs", "", "blob-" + one.object().sop(), 7, 10),
            new ObjectLocation("local", "", "second", 0, 10));
    assertThat(new NodeObjects(template).ofSeries(study, uid + ".1", "node-2")).isEmpty();
  }

  @Test
  void givenSeriesAndInstancesWithNumbers_whenListed_thenTheyComeAsTheyAreLookedAt() {
    String second = uid + ".0";
    List<IndexedInstance> added =
        List.of(
            Sample.of(uid).series(second).with(Tag.SeriesNumber, "2").build(),
            Sample.of(uid).sop(uid + ".1.9").with(Tag.InstanceNumber, "3").build(),
            Sample.of(uid).sop(uid + ".1.8").with(Tag.InstanceNumber, "4").build());
    writer.index(added);
    added.forEach(each -> place(each, new ObjectLocation("online", NODE, path(each), 0, 10)));

    assertThat(new NodeObjects(template).series(study)).containsExactly(uid + ".1", second);
    assertThat(objects())
        .extracting(each -> each.reception().sop())
        .startsWith(uid + ".1.9", uid + ".1.8");
  }

  @Test
  void givenAnObject_whenEvicted_thenReadersGoToTheArchiveOnly() {
    assertThat(evictions.evict(study, List.of(object(one)))).containsExactly(path(one));

    assertThat(object(one).state()).isEqualTo(NodeObject.EVICTED);
    assertThat(object(other).state()).isEqualTo(NodeObject.AVAILABLE);
    assertThat(
            instances
                .find("default", uid, uid + ".1", one.object().sop())
                .orElseThrow()
                .locations())
        .extracting(ObjectLocation::store)
        .containsExactly("fastdfs");
    assertThat(counters()).isEqualTo("true 1 10");
  }

  @Test
  void givenItsCopyIsGoneMeanwhile_whenEvicted_thenItStays() {
    NodeObject seen = object(one);
    jdbc.sql("update location set state = 'missing' where store = 'fastdfs' and blob_id = ?")
        .param("blob-" + one.object().sop())
        .update();

    assertThat(evictions.evict(study, List.of(seen))).isEmpty();
    assertThat(object(one).state()).isEqualTo(NodeObject.AVAILABLE);
  }

  @Test
  void givenAFileOfTwoObjects_whenOneOfThemHasNoCopy_thenNeitherIsEvicted() {
    jdbc.sql("update location set blob_id = ? where store = 'online' and blob_id = ?")
        .params(path(one), path(other))
        .update();
    List<NodeObject> both = objects();
    jdbc.sql("delete from location where store = 'fastdfs' and blob_id = ?")
        .param("blob-" + other.object().sop())
        .update();

    assertThat(evictions.evict(study, both)).isEmpty();

    assertThat(objects()).extracting(NodeObject::state).containsOnly(NodeObject.AVAILABLE);
  }

  @Test
  void givenItWasDeletedMeanwhile_whenEvicted_thenNothingIsWritten() {
    List<NodeObject> seen = objects();
    deletions.delete(DeletionTarget.study("default", uid), Duration.ZERO);

    assertThat(evictions.evict(study, seen)).isEmpty();

    assertThat(evictions.place("default", one.object().receptionId())).isEmpty();
    assertThat(
            jdbc.sql("select count(*) from online_study where study_uid = ?")
                .param(uid)
                .query(Integer.class)
                .single())
        .isZero();
  }

  @Test
  void givenAPinnedStudy_whenEvicted_thenItStays() {
    assertThat(pins.pin("default", uid, "trial")).isPresent();

    assertThat(evictions.evict(study, objects())).isEmpty();

    assertThat(pins.unpin("default", uid)).isTrue();
    assertThat(pins.unpin("default", uid)).isFalse();
    assertThat(evictions.evict(study, objects())).hasSize(2);
  }

  @Test
  void givenSomebodyIsEvicting_whenPinned_thenThePinWaitsAndWantsItBack() throws Exception {
    CompletableFuture<Void> pinned =
        new TransactionTemplate(transactions)
            .execute(_ -> {
              assertThat(evictions.evict(study, List.of(object(one)))).hasSize(1);
              CompletableFuture<Void> pinning =
                  CompletableFuture.runAsync(() -> pins.pin("default", uid, ""));
              await()
                  .until(() ->
                      jdbc.sql("select count(*) from pg_locks where not granted")
                              .query(Integer.class)
                              .single()
                          > 0);
              return pinning;
            });
    pinned.get(30, TimeUnit.SECONDS);

    assertThat(wanted()).isTrue();
  }

  @Test
  void givenAnUnknownStudy_whenPinned_thenNothingIs() {
    assertThat(pins.pin("default", UID.generate(), "")).isEmpty();
    assertThat(pins.find("default", uid)).isEmpty();
  }

  @Test
  void givenPins_whenListedByPages_thenEachComesOnce() {
    String tenant = "default";
    pins.pin(tenant, uid, "first");
    jdbc.sql("update study_pin set pinned = now() - interval '1 h' where study_uid = ?")
        .param(uid)
        .update();
    String second = UID.generate();
    writer.index(List.of(Sample.of(second).build()));
    pins.pin(tenant, second, "second");

    List<StudyPin> page = pins.list(tenant, Optional.empty(), 1);
    assertThat(page).extracting(StudyPin::study).containsExactly(second);
    StudyPin last = page.getFirst();
    List<StudyPin> rest =
        pins.list(tenant, Optional.of(new StudyPins.Position(last.pinned(), last.study())), 100);
    assertThat(rest).extracting(StudyPin::study).contains(uid).doesNotContain(second);
    pins.pin(tenant, second, "for the trial");
    assertThat(pins.find(tenant, second).orElseThrow().reason()).isEqualTo("for the trial");
    assertThat(pins.find(tenant, second).orElseThrow().pinned()).isEqualTo(last.pinned());
  }

  @Test
  void givenAllIsEvicted_whenCounted_thenTheStudyIsCold() {
    evictions.evict(study, objects());
    evictions.counted(study, 60);

    assertThat(counters()).isEqualTo("false 2 20");
    evictions.room(5, 9);
  }

  @Test
  void givenAColdStudy_whenItsObjectsAreReadAndNotWhenItsMetadataIs_thenItIsWantedBack() {
    evictions.evict(study, objects());
    evictions.counted(study, 60);

    read(Instant.now(), false);
    assertThat(wanted()).isFalse();

    read(Instant.now(), true);
    assertThat(wanted()).isTrue();
  }

  @Test
  void givenAStudyThatIsOnline_whenRead_thenOnlyItsTimeChanges() {
    Instant now = Instant.parse("2099-01-02T03:04:05Z");

    read(now, true);
    read(now.minusSeconds(60), true);

    assertThat(wanted()).isFalse();
    assertThat(used()).isEqualTo(now);
  }

  @Test
  void givenANewStudy_whenPlaced_thenItWasUsedWhenItWasReceived() {
    long received = one.object().receptionId().getMostSignificantBits() >>> 16;

    assertThat(used())
        .isBetween(Instant.ofEpochMilli(received), Instant.ofEpochMilli(received).plusSeconds(600));
  }

  @Test
  void givenAColdStudy_whenMoreOfItIsReceived_thenItIsOnlineAgain() {
    evictions.evict(study, objects());
    evictions.counted(study, 60);

    IndexedInstance more = Sample.of(uid).digest(3).build();
    writer.index(List.of(more));
    place(more, new ObjectLocation("online", NODE, path(more), 0, 10));

    assertThat(counters()).isEqualTo("true 2 20");
  }

  @Test
  void givenAnEvictedObject_whenItsFileIsBack_thenItIsReadAgainUnderItsNewPath() {
    NodeObject before = object(one);
    evictions.evict(study, List.of(before));

    assertThat(evictions.back(before, "elsewhere.dcm")).isTrue();
    assertThat(evictions.back(before, "elsewhere.dcm")).isFalse();

    assertThat(object(one).path()).isEqualTo("elsewhere.dcm");
    assertThat(object(one).state()).isEqualTo(NodeObject.AVAILABLE);
  }

  @Test
  void givenAPinnedStudyThatIsNotBackAfterAnAttempt_whenCounted_thenItIsWantedLater() {
    evictions.evict(study, objects());
    evictions.counted(study, 60);
    pins.pin("default", uid, "");
    evictions.counted(study, 60);

    assertThat(
            jdbc.sql(
                    "select wanted > now() + interval '50 s' from online_study where study_uid = ?")
                .param(uid)
                .query(Boolean.class)
                .single())
        .isTrue();
    pins.unpin("default", uid);
    evictions.counted(study, 60);
    assertThat(wanted()).isFalse();
  }

  @Test
  void givenEvictedObjects_whenOneIsDeleted_thenItIsNoLongerCountedAndTheOtherIsWantedStill() {
    evictions.evict(study, objects());
    evictions.counted(study, 60);
    assertThat(counters()).isEqualTo("false 2 20");
    reads.record(List.of(new StudyReads.Read("default", uid, System.currentTimeMillis(), true)));
    assertThat(wanted()).isTrue();

    delete(one);
    assertThat(counters()).isEqualTo("false 1 10");
    assertThat(wanted()).isTrue();

    place(
        index(Sample.of(uid).digest(3).build()),
        new ObjectLocation("online", NODE, "third", 0, 10));
    delete(other);
    assertThat(counters()).isEqualTo("true 0 0");
    assertThat(wanted()).as("nothing is left to be brought back").isFalse();
  }

  @Test
  void givenAnObjectThatIsOnline_whenDeleted_thenWhatIsEvictedIsCountedStill() {
    evictions.evict(study, List.of(object(one)));
    evictions.counted(study, 60);

    delete(other);

    assertThat(counters()).isEqualTo("true 1 10");
  }

  private IndexedInstance index(IndexedInstance instance) {
    writer.index(List.of(instance));
    return instance;
  }

  private void delete(IndexedInstance instance) {
    ReceptionKey key = instance.object().key();
    assertThat(
            deletions.delete(
                DeletionTarget.instance(key.tenant(), key.study(), key.series(), key.sop()),
                Duration.ZERO))
        .isPresent();
  }

  @Test
  void givenAnObjectWithTwoPlaces_whenItsFileWasMoved_thenTheIndexFollows() {
    var id = one.object().receptionId();
    var place = evictions.place("default", id).orElseThrow();

    evictions.moved("default", id, place, "moved.dcm");
    evictions.moved("default", id, place, "too late.dcm");

    assertThat(evictions.place("default", id).orElseThrow().path()).isEqualTo("moved.dcm");
  }

  private void read(Instant at, boolean objects) {
    reads.record(List.of(new StudyReads.Read("default", uid, at.toEpochMilli(), objects)));
  }

  private boolean wanted() {
    return jdbc.sql("select wanted is not null from online_study where study_uid = ?")
        .param(uid)
        .query(Boolean.class)
        .single();
  }

  private Instant used() {
    return jdbc.sql("select used from online_study where study_uid = ? and queued = used")
        .param(uid)
        .query((row, _) -> row.getTimestamp(1).toInstant())
        .single();
  }

  private String counters() {
    return jdbc.sql(
            """
            select online || ' ' || evicted_objects || ' ' || evicted_bytes
              from online_study where study_uid = ?
            """)
        .param(uid)
        .query(String.class)
        .single();
  }

  private NodeObject object(IndexedInstance instance) {
    return objects().stream()
        .filter(each -> each.reception().receptionId().equals(instance.object().receptionId()))
        .findFirst()
        .orElseThrow();
  }

  private List<NodeObject> objects() {
    NodeObjects all = new NodeObjects(template);
    return all.series(study).stream()
        .flatMap(series -> all.ofSeries(study, series, NODE).stream())
        .toList();
  }

  private static String path(IndexedInstance instance) {
    return instance.object().sop() + ".dcm";
  }

  private void place(IndexedInstance instance, ObjectLocation location) {
    locations.upsert(List.of(new PlacedObject(instance.object().key(), location)));
  }
}
