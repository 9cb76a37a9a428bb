package org.regionalpacs.consumer.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.regionalpacs.consumer.rebuild.IndexRebuild.Missing;
import org.regionalpacs.index.DeletionTarget;
import org.regionalpacs.index.IndexClearing.Phase;
import org.regionalpacs.index.RebuildList;
import org.regionalpacs.index.ReceptionKey;
import org.regionalpacs.messages.StorageMessage;
import org.regionalpacs.nodes.EvictStudies;
import org.regionalpacs.nodes.NodeTaskPlanner;
import org.regionalpacs.nodes.PlannedTask;
import org.regionalpacs.test.SampleObjects;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.health.contributor.Status;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** From an archive in a folder. */
class LocalRebuildTest extends RebuildContract {
  @Autowired RebuildList list;
  @Autowired DataSource database;

  @DynamicPropertySource
  static void folders(DynamicPropertyRegistry registry) {
    registry.add("pacs.online.root", () -> folder.resolve("online"));
    registry.add("pacs.archive.root", () -> folder.resolve("archive"));
    registry.add("pacs.converter.scratch", () -> folder.resolve("scratch"));
    registry.add("pacs.derived.root", () -> folder.resolve("derived"));
  }

  @Override
  void emptyArchive() throws IOException {
    for (String each : List.of("default", "other", "_deletions")) {
      remove(folder.resolve("archive").resolve(each));
    }
  }

  @Override
  void damageCopy(String blobId, long size) throws IOException {
    Path copy = folder.resolve("archive").resolve(blobId);
    byte[] bytes = Files.readAllBytes(copy);
    bytes[bytes.length - 1] ^= 1;
    // The online file has the same bytes by another name.
    Files.delete(copy);
    Files.write(copy, bytes);
  }

  @Test
  void givenTheArchiveLostWhatWasEvicted_whenRebuilt_thenEachIsTold() throws Exception {
    StorageMessage gone = received(TENANT, study.image(1));
    StorageMessage undescribed = received(TENANT, study.image(2));
    received(TENANT, study.image(3));
    for (StorageMessage each : List.of(gone, undescribed)) {
      Files.delete(folder.resolve("online").resolve(each.filePath()));
    }
    Files.delete(archive(gone, ".dcm"));
    Files.writeString(archive(undescribed, ".json"), "{}");

    IndexSnapshot before = snapshot();

    assertThatThrownBy(this::rebuild)
        .isInstanceOf(RebuildException.class)
        .hasMessageContaining("2 objects that the index knows were found nowhere");
    assertThat(snapshot()).isEqualTo(before);
    RebuildReport report = rebuild(Missing.FORGET);

    assertThat(report.troubles()).isEqualTo(4);
    assertThat(told())
        .anySatisfy(
            line -> assertThat(line).contains("found nowhere", gone.receptionId().toString()))
        .anySatisfy(
            line -> assertThat(line).contains(gone.receptionId() + ".dcm", "only its manifest"))
        .anySatisfy(line -> assertThat(line).contains(undescribed.receptionId() + ".dcm"));
    assertThat(instances()).isEqualTo(1);
  }

  @Test
  void givenMetadataDocuments_whenRebuilt_thenThoseThatNobodyKnowsAreGone() throws Exception {
    Path document =
        Files.createDirectories(folder.resolve("derived/metadata/default")).resolve("1.json.gz");
    Files.writeString(document, "old");

    rebuild();

    assertThat(document).doesNotExist();
  }

  @Test
  void givenTheLockIsLostBeforeTheIndexIsDropped_whenRebuilt_thenNothingIs() throws Exception {
    received(TENANT, study.image(1));
    IndexSnapshot before = snapshot();

    assertThatThrownBy(() -> rebuildWith(this::loseTheTurn, "online files"))
        .isInstanceOf(RebuildException.class)
        .hasMessageContaining("The index is as it was");

    assertThat(snapshot()).isEqualTo(before);
  }

  @Test
  void givenTheLockIsLostLater_whenRebuilt_thenTheIndexDoesNotCountAsWhole() throws Exception {
    received(TENANT, study.image(1));
    IndexSnapshot before = snapshot();

    assertThatThrownBy(() -> rebuildWith(this::loseTheTurn, "renditions"))
        .isInstanceOf(RebuildException.class)
        .hasMessageContaining("isn't whole");

    assertThat(clearing.phase()).contains(Phase.INDEXING);
    assertThat(rebuild().troubles()).isZero();
    assertThat(snapshot()).isEqualTo(before);
  }

  @Test
  void givenTheListLosesARow_whenRebuilt_thenTheIndexDoesNotCountAsWhole() throws Exception {
    received(TENANT, study.image(1));

    assertThatThrownBy(
            () -> rebuildWith(() -> jdbc.sql("delete from rebuild_object").update(), "objects"))
        .isInstanceOf(RebuildException.class)
        .hasMessageContaining("the list had 1 objects, and 0");

    assertThat(clearing.phase()).contains(Phase.INDEXING);
  }

  @Test
  void givenARebuildThatWasBrokenOff_whenAnArchiveIsEmptyAfterwards_thenItIsMissedStill()
      throws Exception {
    StorageMessage evicted = received(TENANT, study.image(1));
    evict(evicted);
    received(TENANT, study.image(2));
    assertThatThrownBy(() -> rebuildWith(RebuildContract::die, "objects"))
        .isInstanceOf(RebuildException.class);
    emptyArchive();

    assertThatThrownBy(this::rebuild)
        .isInstanceOf(RebuildException.class)
        .hasMessageContaining("1 objects that the index knows were found nowhere");

    assertThat(told()).anySatisfy(line -> assertThat(line).contains(evicted.sopInstance()));
    assertThat(rebuild(Missing.FORGET).online()).isEqualTo(1);
    assertThat(rebuild().troubles()).as("it is forgotten").isZero();
  }

  @Test
  void givenTheArchiveGoesAway_whenItStaysAway_thenTheIndexDoesNotCountAsWhole() throws Exception {
    evict(received(TENANT, study.image(1)));
    IndexSnapshot before = snapshot();
    try {
      assertThatThrownBy(() -> rebuildWith(() -> mount(false), "objects"))
          .isInstanceOf(RebuildException.class)
          .hasMessageContaining("not mounted");
    } finally {
      mount(true);
    }

    assertThat(clearing.phase()).contains(Phase.INDEXING);
    assertThat(rebuild().troubles()).isZero();
    assertThat(snapshot()).isEqualTo(before);
  }

  @Test
  void givenTheArchiveGoesAway_whenItComesAgain_thenTheIndexIsTheSame() throws Exception {
    evict(received(TENANT, study.image(1)));
    received(TENANT, study.image(2));
    IndexSnapshot before = snapshot();

    try {
      RebuildReport report = rebuildWith(() -> mount(false), "objects", () -> mount(true));

      assertThat(report.troubles()).isZero();
    } finally {
      mount(true);
    }
    assertThat(snapshot()).isEqualTo(before);
  }

  @Test
  void givenTheArchiveGoesAway_whenThereAreTwoCopies_thenNeitherCountsAsDamaged() throws Exception {
    StorageMessage message = received(TENANT, study.image(1));
    damageCopy(archived(message), message.fileSize());
    jdbc.sql("update location set state = 'damaged' where store <> 'online'").update();
    process("archiver", message);
    evict(message);
    IndexSnapshot before = snapshot();
    try {
      assertThatThrownBy(() -> rebuildWith(() -> mount(false), "objects"))
          .isInstanceOf(RebuildException.class)
          .hasMessageContaining("not mounted");
    } finally {
      mount(true);
    }

    assertThat(rebuild().troubles()).isZero();
    assertThat(snapshot()).isEqualTo(before);
  }

  private static void mount(boolean there) throws IOException {
    Path archive = folder.resolve("archive");
    Path away = folder.resolve("away");
    if (there && Files.exists(away)) {
      Files.move(away, archive);
    } else if (!there) {
      Files.move(archive, away);
    }
  }

  @Test
  void givenDeletedObjectsAndALostOne_thenTheDeletedOnesHideItNot() throws Exception {
    StorageMessage dead = received(TENANT, study.image(1));
    delete(DeletionTarget.study(TENANT, dead.study()));
    StorageMessage lost = received(TENANT, SampleObjects.newStudy().image(1));
    jdbc.sql("truncate instance, rebuild_object").update();
    known(dead);
    known(lost);

    assertThat(list.missing(1))
        .extracting(ReceptionKey::receptionId)
        .containsExactly(lost.receptionId());
  }

  private void known(StorageMessage message) {
    jdbc.sql("insert into rebuild_known values (?, ?, ?, ?, ?)")
        .params(
            message.tenant(),
            message.receptionId(),
            message.study(),
            message.series(),
            message.sopInstance())
        .update();
  }

  @Test
  void givenARenditionsManifestThatIsOdd_whenRebuilt_thenItIsToldAndTheOthersAreTaken()
      throws Exception {
    for (int i = 1; i <= 4; i++) {
      rendition(received(TENANT, study.image(i)));
    }
    List<Path> manifests = renditionManifests();
    edit(manifests.get(0), "\"lossless\"", "\"newer\"");
    edit(
        manifests.get(1),
        "\"RenditionID\":\"",
        "\"RenditionID\":\"00000000-0000-7000-8000-000000000000\",\"X\":\"");
    // A text that the database can't keep.
    edit(manifests.get(2), "\"Terms\":\"", "\"Terms\":\"\\u0000");

    RebuildReport report = rebuild();

    assertThat(report.troubles()).isEqualTo(3);
    assertThat(told())
        .anySatisfy(line -> assertThat(line).contains("newer one than is known"))
        .anySatisfy(line -> assertThat(line).contains("another object's"))
        .anySatisfy(line -> assertThat(line).contains("is not taken up"));
    assertThat(report.renditions()).isEqualTo(1);
    assertThat(instances()).isEqualTo(4);
    assertThat(clearing.phase()).isEmpty();
  }

  private static List<Path> renditionManifests() throws IOException {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> all = Files.walk(folder.resolve("archive/default"))) {
      for (Path each : all.filter(file -> file.toString().endsWith(".json")).toList()) {
        if (Files.readString(each).contains("RenditionOf")) {
          found.add(each);
        }
      }
    }
    return found;
  }

  private static void edit(Path manifest, String text, String other) throws IOException {
    String json = Files.readString(manifest);
    assertThat(json).contains(text);
    Files.writeString(manifest, json.replace(text, other));
  }

  @Test
  void givenACopyWithoutItsManifest_whenRebuilt_thenTheObjectIsArchivedAgain() throws Exception {
    StorageMessage half = received(TENANT, study.image(1));
    StorageMessage cut = received(TENANT, study.image(2));
    Files.delete(archive(half, ".json"));
    Files.writeString(archive(cut, ".json"), "{");
    loseTheIndex();

    assertThat(rebuild().troubles()).isZero();
    process("archiver", half);
    process("archiver", cut);
    evict(half);
    evict(cut);
    loseTheIndex();

    RebuildReport report = rebuild();
    assertThat(report.archived()).isEqualTo(2);
    assertThat(report.troubles()).as("the cut manifest").isEqualTo(1);
  }

  @Test
  void givenACopyThatIsKnownToBeDamaged_whenRebuilt_thenItIsNotRead() throws Exception {
    StorageMessage message = received(TENANT, study.image(1));
    damageCopy(archived(message), message.fileSize());
    jdbc.sql("update location set state = 'damaged' where store <> 'online'").update();
    IndexSnapshot before = snapshot();
    assertThatThrownBy(() -> rebuildWith(RebuildContract::die, "renditions"))
        .isInstanceOf(RebuildException.class);

    rebuild();

    assertThat(snapshot()).isEqualTo(before);
    assertThat(jdbc.sql("select count(*) from rebuild_damaged").query(Integer.class).single())
        .isZero();
  }

  @Test
  void givenRenditionsThatNobodyWentOnWith_whenRebuilt_thenTheyAreRemovedAndNoTrouble()
      throws Exception {
    StorageMessage message = received(TENANT, study.image(1));
    rendition(message);
    UUID half = attempt(message, renditionManifests().getFirst());
    Files.delete(archive(half, ".json"));

    assertThat(rebuild().troubles()).isZero();

    assertThat(jdbc.sql("select reception_id from removal").query(UUID.class).list())
        .containsExactly(half);
    assertThat(rebuild().troubles()).as("it isn't removed yet").isZero();
  }

  @Test
  void givenARenditionThatIsToBeRemoved_whenRebuilt_thenItIsNotTakenUp() throws Exception {
    StorageMessage message = received(TENANT, study.image(1));
    rendition(message);
    attempt(message, renditionManifests().getFirst());

    assertThat(rebuild().renditions()).isZero();
  }

  /** As whoever dies before it is recorded leaves it. */
  private UUID attempt(StorageMessage message, Path manifest) {
    String name = manifest.getFileName().toString();
    UUID id = UUID.fromString(name.substring(0, name.indexOf('.')));
    jdbc.sql("truncate rendition").update();
    jdbc.sql(
            """
            insert into rendition_attempt
                   (tenant, reception_id, rendition_id, study_uid, series_uid, sop_uid, kind,
                    store, blob_id)
            values (?, ?, ?, ?, ?, ?, 'lossless', 'local', ?)
            """)
        .params(
            message.tenant(),
            message.receptionId(),
            id,
            message.study(),
            message.series(),
            message.sopInstance(),
            folder.resolve("archive").relativize(manifest).toString().replace(".json", ".dcm"))
        .update();
    return id;
  }

  @Test
  void givenTasksOfNodes_whenRebuilt_thenNoneIsBegunUntilItIsDone() throws Exception {
    received(TENANT, study.image(1));
    planTask("before");
    List<String> begun = new ArrayList<>();

    rebuildWith(
        () -> {
          planTask("meanwhile");
          begun.addAll(tasksThatMayBegin());
        },
        "objects");

    assertThat(begun).isEmpty();
    assertThat(tasksThatMayBegin()).containsExactlyInAnyOrder("before", "meanwhile");
  }

  @Test
  void givenATaskUnderWay_whenItEnds_thenTheRebuildGoesOn() throws Exception {
    received(TENANT, study.image(1));
    planTask("long");
    begin("1 h");

    RebuildReport report =
        rebuildWith(() -> assertThat(tasksUnderWay()).isZero(), "deletions", this::endTasks);

    assertThat(report.troubles()).isZero();
    assertThat(tasksThatMayBegin()).as("held no more").isEmpty();
  }

  @Test
  void givenATaskUnderWay_whenItDoesNotEnd_thenTheRebuildSaysSoAndNothingIsDropped()
      throws Exception {
    received(TENANT, study.image(1));
    IndexSnapshot before = snapshot();
    planTask("long");
    planTask("other");
    begin("1 h");
    endTasks("other");
    planTask("waiting");

    assertThatThrownBy(() -> rebuildWithLittle(Duration.ofMillis(600)))
        .isInstanceOf(RebuildException.class)
        .hasMessageContaining("1 evict-studies of node node-1")
        .hasMessageContaining("nothing was changed");

    assertThat(snapshot()).isEqualTo(before);
    assertThat(clearing.phase()).isEmpty();
    assertThat(tasksThatMayBegin()).as("held no more").containsExactly("waiting");
  }

  @Test
  void givenAnotherNodeWithOnlineFiles_whenRebuilt_thenItIsToldAndNothingIsDropped()
      throws Exception {
    received(TENANT, study.image(1));
    IndexSnapshot before = snapshot();
    String comes = "insert into online_node (node, seen) values ('node-2', now())";
    try {
      // After the first look, while what there is is listed.
      assertThatThrownBy(() -> rebuildWith(() -> jdbc.sql(comes).update(), "deletions"))
          .isInstanceOf(RebuildException.class)
          .hasMessageContaining("node-2, seen 2");
      assertThat(clearing.phase()).contains(Phase.LISTING);
      assertThat(snapshot()).isEqualTo(before);

      assertThatThrownBy(this::rebuild)
          .isInstanceOf(RebuildException.class)
          .hasMessageContaining("node-2, seen 2")
          .hasMessageContaining("Nothing was changed");
      assertThat(snapshot()).isEqualTo(before);
      assertThatThrownBy(() -> rebuild(Missing.FORGET))
          .as("it lives")
          .isInstanceOf(RebuildException.class);
      jdbc.sql("update online_node set seen = now() - interval '10 minutes'").update();
      assertThat(rebuild(Missing.FORGET).troubles()).isZero();
      jdbc.sql("update online_node set seen = now() - interval '2 days'").update();
      assertThat(rebuild().troubles()).as("it is away for good").isZero();
    } finally {
      jdbc.sql("delete from online_node where node = 'node-2'").update();
    }
  }

  @Test
  void givenTheHoldIsLost_whenRebuilt_thenTheIndexDoesNotCountAsWhole() throws Exception {
    received(TENANT, study.image(1));
    String lose = "update node_task_hold set held_until = now()";

    assertThatThrownBy(() -> rebuildWith(() -> jdbc.sql(lose).update(), "deletions"))
        .isInstanceOf(RebuildException.class)
        .hasMessageContaining("The index is as it was");
    assertThatThrownBy(() -> rebuildWith(() -> jdbc.sql(lose).update(), "counts"))
        .isInstanceOf(RebuildException.class)
        .hasMessageContaining("isn't whole");

    assertThat(clearing.phase()).contains(Phase.INDEXING);
    WholeIndexHealthIndicator health = new WholeIndexHealthIndicator(clearing);
    assertThat(health.health().getStatus().getCode()).isEqualTo("DEGRADED");
    assertThat(rebuild().troubles()).isZero();
    assertThat(health.health().getStatus()).isEqualTo(Status.UP);
  }

  @Test
  void givenSomebodyReadsTheIndexForHours_whenRebuilt_thenItIsToldWhoAndNothingIsDropped()
      throws Exception {
    received(TENANT, study.image(1));
    IndexSnapshot before = snapshot();
    try (Connection backup = database.getConnection()) {
      backup.setAutoCommit(false);
      try (Statement statement = backup.createStatement()) {
        statement.execute("set local application_name = 'nightly backup'");
        statement.execute("select count(*) from series");

        assertThatThrownBy(() -> rebuildWithLittle(Duration.ZERO))
            .isInstanceOf(RebuildException.class)
            .hasMessageContaining("The index is as it was")
            .hasMessageContaining("nightly backup")
            .hasMessageContaining("idle in transaction, since")
            .hasMessageContaining("pg_terminate_backend");
      } finally {
        backup.rollback();
      }
    }

    assertThat(snapshot()).isEqualTo(before);
    assertThat(clearing.phase()).contains(Phase.LISTING);
    assertThat(rebuild().troubles()).isZero();
  }

  @Test
  void givenABackupOfTheListsThemselves_whenRebuilt_thenItIsNotWaitedFor() throws Exception {
    received(TENANT, study.image(1));
    try (Connection backup = database.getConnection()) {
      backup.setAutoCommit(false);
      try (Statement statement = backup.createStatement()) {
        statement.execute("select from rebuild_object, rebuild_known");

        assertThat(rebuild().troubles()).isZero();
      } finally {
        backup.rollback();
      }
    }
    assertThat(clearing.phase()).isEmpty();
    assertThat(jdbc.sql("select count(*) from rebuild_known").query(Integer.class).single())
        .isZero();
  }

  private void rebuildWithLittle(Duration tasks) throws RebuildException {
    Patience patience = new Patience(List.of(), tasks, Duration.ofMillis(500), 2);
    rebuild.run(new Silent(), Missing.REFUSE, patience);
  }

  private record Silent() implements RebuildObserver {
    @Override
    public void begins(String what, long total) {}

    @Override
    public void done(long count) {}

    @Override
    public void waits(String why) {}

    @Override
    public void trouble(String line) {}
  }

  @BeforeEach
  void forgetTasks() {
    jdbc.sql("truncate node_task").update();
  }

  private void planTask(String key) {
    new NodeTaskPlanner(jdbc)
        .plan(PlannedTask.now("node-1", EvictStudies.KIND, key, new EvictStudies(List.of())));
  }

  /** As processes of the node would look for them. */
  private List<String> tasksThatMayBegin() {
    return jdbc.sql(
            """
            select task_key from node_task
             where done_at is null and claimed_by is null
               and not exists (select 1 from node_task_hold where held_until > now())
            """)
        .query(String.class)
        .list();
  }

  private void begin(String lease) {
    jdbc.sql(
            """
            update node_task
               set claimed_by = gen_random_uuid(), lease_until = now() + cast(? as interval)
            """)
        .param(lease)
        .update();
  }

  private int tasksUnderWay() {
    return jdbc.sql("select count(*) from node_task where claimed_by is not null")
        .query(Integer.class)
        .single();
  }

  private void endTasks() {
    jdbc.sql("update node_task set done_at = now(), claimed_by = null").update();
  }

  private void endTasks(String key) {
    jdbc.sql("update node_task set done_at = now(), claimed_by = null where task_key = ?")
        .param(key)
        .update();
  }

  private void loseTheTurn() {
    jdbc.sql(
            """
            select pg_terminate_backend(l.pid) from pg_locks l
             where l.locktype = 'advisory' and l.classid = 0 and l.objid = 5220
               and l.database = (select oid from pg_database where datname = current_database())
            """)
        .query(Boolean.class)
        .single();
  }

  private static Path archive(StorageMessage message, String suffix) throws IOException {
    return archive(message.receptionId(), suffix);
  }

  private static Path archive(UUID id, String suffix) throws IOException {
    try (Stream<Path> all = Files.walk(folder.resolve("archive"))) {
      return all.filter(each -> each.toString().endsWith(id + suffix)).findFirst().orElseThrow();
    }
  }
}
