package org.regionalpacs.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.index.LocationWriter.PlacedObject;
import org.regionalpacs.index.Removals.Removal;
import org.regionalpacs.index.Renditions.Ending;
import org.regionalpacs.test.IntegrationTest;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@IntegrationTest
class RenditionsTest {
  private static final String TENANT = "default";
  private static final String BLOCKS = "the list of its blocks";

  @Autowired Renditions renditions;
  @Autowired InstanceObjects objects;
  @Autowired SeriesVersions versions;
  @Autowired IndexWriter writer;
  @Autowired LocationWriter locations;
  @Autowired BlockLists blockLists;
  @Autowired DeletionWriter deletions;
  @Autowired DeletionJournal journal;
  @Autowired Removals removals;
  @Autowired JdbcClient jdbc;
  @Autowired PlatformTransactionManager transactions;

  /** Of this test alone. */
  private final String store = "archive-" + UUID.randomUUID();

  private final String study = UID.generate();
  private IndexedInstance object;
  private ReceptionKey key;

  @BeforeEach
  void receive() {
    object = Sample.of(study).digest(1).build();
    key = object.object().key();
    writer.index(List.of(object));
    locations.upsert(
        List.of(new PlacedObject(key, new ObjectLocation(store, "", "original", 0, 1000))));
  }

  @Test
  void givenRenditions_whenRecorded_thenTheyComeWithTheirObjectAndOfItAlone() {
    IndexedInstance sibling = Sample.of(study).digest(1).build();
    writer.index(List.of(sibling));
    Rendition lossless = rendition(RenditionKind.LOSSLESS);
    Rendition preview = rendition(RenditionKind.PREVIEW);

    assertThat(end(lossless)).isEqualTo(Ending.RECORDED);
    assertThat(end(preview)).isEqualTo(Ending.RECORDED);

    InstanceObject found = found();
    assertThat(found.locations())
        .extracting(ObjectLocation::blobId)
        .as("its own place")
        .containsExactly("original");
    assertThat(found.renditions()).containsExactly(lossless, preview);
    assertThat(found.rendition(RenditionKind.PREVIEW)).contains(preview);
    assertThat(objects.ofSeries(TENANT, study, key.series()))
        .extracting(InstanceObject::renditions)
        .containsExactlyInAnyOrder(List.of(lossless, preview), List.of());
  }

  @Test
  void givenARendition_whenRecordedOrReplaced_thenItsSeriesHasChanged_andNotByOneThatIsUnwanted() {
    SeriesVersion before = version();
    end(rendition(RenditionKind.LOSSLESS));
    SeriesVersion first = version();
    assertThat(first.changeNumber()).isEqualTo(before.changeNumber() + 1);
    assertThat(first.changed()).isGreaterThan(before.changed());

    end(rendition(RenditionKind.LOSSLESS));
    assertThat(version().changeNumber()).isEqualTo(first.changeNumber() + 1);

    writer.index(List.of(Sample.of(study).sop(key.sop()).digest(2).build()));
    SeriesVersion replaced = version();
    assertThat(end(rendition(RenditionKind.LOSSLESS))).isEqualTo(Ending.UNWANTED);
    assertThat(version()).isEqualTo(replaced);
  }

  private SeriesVersion version() {
    return versions.now(TENANT, study, key.series()).orElseThrow();
  }

  @Test
  void givenARendition_whenItIsToBeServed_thenItIsLikeAnObjectThatWasReceived() {
    Rendition preview = rendition(RenditionKind.PREVIEW);
    end(preview);

    InstanceObject served = found().as(preview);

    assertThat(served.receptionId()).isEqualTo(preview.id());
    assertThat(served.sop()).isEqualTo(preview.sop());
    assertThat(served.transferSyntax()).isEqualTo(preview.transferSyntax());
    assertThat(served.dataSetOffset()).isEqualTo(preview.dataSetOffset());
    assertThat(served.size()).isEqualTo(preview.size());
    assertThat(served.locations()).isEqualTo(preview.locations());
    assertThat(served.renditions()).isEmpty();
  }

  @Test
  void givenAnObjectWithoutPlaces_whenItHasARendition_thenBothAreTold() {
    jdbc.sql("delete from location where reception_id = ?").param(key.receptionId()).update();
    Rendition lossless = rendition(RenditionKind.LOSSLESS);
    end(lossless);

    assertThat(found().locations()).isEmpty();
    assertThat(found().renditions()).containsExactly(lossless);
  }

  @Test
  void givenARendition_whenAnotherOfItsKindIsRecorded_thenTheFirstIsToBeRemoved() {
    Rendition first = rendition(RenditionKind.LOSSLESS);
    Rendition other = rendition(RenditionKind.LOSSLESS);
    end(first);
    end(other);

    assertThat(found().renditions()).containsExactly(other);
    assertThat(removed()).containsExactly(first.id());
  }

  @Test
  void givenRenditions_whenTheStudyIsDeleted_thenTheyGoWithTheirPlacesAndAreNoObjects() {
    Rendition lossless = rendition(RenditionKind.LOSSLESS);
    end(lossless);

    Optional<Deletion> deletion =
        deletions.delete(DeletionTarget.study(TENANT, study), Duration.ZERO);

    assertThat(deletion.orElseThrow().objects()).isEqualTo(1);
    assertThat(count("rendition")).isZero();
    assertThat(countDead(lossless.id())).isZero();
    journal.waiting(1000).forEach(journal::journaled);
    assertThat(removed()).containsExactlyInAnyOrder(key.receptionId(), lossless.id());
    assertThat(blockLists.find(store, blobOf(lossless))).as("its blocks").isEmpty();
  }

  @Test
  void givenARendition_whenItsObjectIsSuperseded_thenItIsToBeRemoved() {
    Rendition lossless = rendition(RenditionKind.LOSSLESS);
    end(lossless);

    writer.index(List.of(Sample.of(study).sop(key.sop()).digest(2).build()));

    assertThat(found().renditions()).isEmpty();
    assertThat(count("rendition")).isZero();
    assertThat(removed()).containsExactly(lossless.id());
  }

  @Test
  void givenAnObjectThatWasDeletedMeanwhile_whenItsRenditionIsDone_thenItIsToBeRemoved() {
    deletions.delete(
        DeletionTarget.instance(TENANT, study, key.series(), key.sop()), Duration.ZERO);
    journal.waiting(1000).forEach(journal::journaled);
    Rendition late = rendition(RenditionKind.LOSSLESS);

    assertThat(end(late)).isEqualTo(Ending.UNWANTED);

    assertThat(count("rendition")).isZero();
    assertThat(removed()).contains(late.id());
    assertThat(blockLists.find(store, blobOf(late))).as("its blocks").isEmpty();
  }

  @Test
  void givenANewVersionMeanwhile_whenARenditionOfTheOldOneIsDone_thenItIsToBeRemoved() {
    writer.index(List.of(Sample.of(study).sop(key.sop()).digest(2).build()));
    Rendition late = rendition(RenditionKind.LOSSLESS);

    assertThat(end(late)).isEqualTo(Ending.UNWANTED);

    assertThat(found().renditions()).isEmpty();
    assertThat(removed()).containsExactly(late.id());
  }

  @Test
  void givenARenditionBeingRecorded_whenANewVersionComes_thenItWaitsAndTheRenditionGoes()
      throws Exception {
    Rendition lossless = rendition(RenditionKind.LOSSLESS);
    try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
      Future<IndexResult> indexing =
          new TransactionTemplate(transactions)
              .execute(_ -> {
                end(lossless);
                Future<IndexResult> waiting =
                    threads.submit(() ->
                        writer.index(List.of(Sample.of(study).sop(key.sop()).digest(2).build())));
                await().atMost(Duration.ofSeconds(60)).until(this::somebodyWaits);
                return waiting;
              });
      indexing.get(60, TimeUnit.SECONDS);
    }
    assertThat(count("rendition")).isZero();
    assertThat(removed()).containsExactly(lossless.id());
  }

  @Test
  void givenWhoBeganDied_whenBegunAgain_thenTheBytesOfTheFirstAreToBeRemoved() {
    Rendition dead = begun();
    Rendition living = begun();

    assertThat(removed()).containsExactly(dead.id());
    assertThat(renditions.end(key, living, Optional.empty(), true)).isEqualTo(Ending.RECORDED);
    assertThat(count("rendition_attempt")).isZero();
  }

  @Test
  void givenWhoBeganFirstLivesStill_whenItEndsAfterTheOther_thenItIsOvertakenAndItsBytesGo() {
    Rendition slow = begun();
    Rendition quick = begun();
    renditions.end(key, quick, Optional.empty(), true);
    assertThat(removed()).as("before they are stored").containsExactly(slow.id());

    assertThat(renditions.end(key, slow, Optional.empty(), true)).isEqualTo(Ending.OVERTAKEN);

    assertThat(found().renditions()).containsExactly(quick);
    assertThat(removed()).containsExactly(slow.id());
  }

  @Test
  void givenWhoBeganNeverComesBack_whenLongAgo_thenTheBytesAreToBeRemoved() {
    Rendition one = begun();
    renditions.abandonOlder(Duration.ofHours(1));
    assertThat(count("rendition_attempt")).isEqualTo(1);

    jdbc.sql("update rendition_attempt set started = now() - interval '2 hours' where tenant = ?")
        .param(TENANT)
        .update();
    renditions.abandonOlder(Duration.ofHours(1));

    assertThat(count("rendition_attempt")).isZero();
    assertThat(removed()).containsExactly(one.id());
  }

  @Test
  void givenWhoBeganGivesUp_whenAbandoned_thenTheBytesAreToBeRemoved() {
    Rendition one = begun();
    renditions.abandon(key, RenditionKind.PREVIEW);
    assertThat(count("rendition_attempt")).as("of another kind").isEqualTo(1);

    renditions.abandon(key, RenditionKind.LOSSLESS);

    assertThat(count("rendition_attempt")).isZero();
    assertThat(removed()).containsExactly(one.id());
  }

  private Rendition begun() {
    Rendition rendition = rendition(RenditionKind.LOSSLESS);
    renditions.begin(key, rendition.kind(), rendition.id(), store, blobOf(rendition));
    return rendition;
  }

  private Ending end(Rendition rendition) {
    return renditions.end(key, rendition, Optional.of(BLOCKS), false);
  }

  private Rendition rendition(RenditionKind kind) {
    UUID id = UUID.randomUUID();
    return new Rendition(
        id,
        kind,
        "terms",
        kind == RenditionKind.LOSSLESS ? key.sop() : UID.generate(),
        UID.JPEG2000,
        "ab".repeat(32),
        500,
        310,
        List.of(new ObjectLocation(store, "", id + ".dcm", 0, 500)));
  }

  private static String blobOf(Rendition rendition) {
    return rendition.locations().getFirst().blobId();
  }

  private InstanceObject found() {
    return objects.find(TENANT, study, key.series(), key.sop()).orElseThrow();
  }

  /** By the ids of whose places they are. */
  private List<UUID> removed() {
    List<UUID> removed = new ArrayList<>();
    removals.remove(
        store,
        1000,
        (Removal removal) -> {
          assertThat(removal.reception().sop()).isEqualTo(key.sop());
          removed.add(removal.reception().receptionId());
        });
    return removed;
  }

  private boolean somebodyWaits() {
    return jdbc.sql("select count(*) from pg_locks where not granted").query(Long.class).single()
        > 0;
  }

  private long countDead(UUID id) {
    return jdbc.sql("select count(*) from dead_reception where reception_id = ?")
        .param(id)
        .query(Long.class)
        .single();
  }

  private long count(String table) {
    return jdbc.sql("select count(*) from " + table + " where study_uid = ?")
        .param(study)
        .query(Long.class)
        .single();
  }
}
