package org.regionalpacs.consumer.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.consumer.Step;
import org.regionalpacs.consumer.StepResult;
import org.regionalpacs.consumer.StorageRecord;
import org.regionalpacs.consumer.rebuild.IndexRebuild.Missing;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.index.CountWriter;
import org.regionalpacs.index.DeletionJournal;
import org.regionalpacs.index.DeletionTarget;
import org.regionalpacs.index.DeletionWriter;
import org.regionalpacs.index.Evictions;
import org.regionalpacs.index.IndexClearing;
import org.regionalpacs.index.StudyIdentity;
import org.regionalpacs.intake.OnlineListing;
import org.regionalpacs.intake.OnlineStore;
import org.regionalpacs.messages.ConvertMessage;
import org.regionalpacs.messages.ConvertMessage.Wanted;
import org.regionalpacs.messages.DeletionRecord;
import org.regionalpacs.messages.MessageCodec;
import org.regionalpacs.messages.StorageMessage;
import org.regionalpacs.messages.Topics;
import org.regionalpacs.storage.ArchiveCatalogue;
import org.regionalpacs.storage.ArchiveName;
import org.regionalpacs.storage.BlobStore;
import org.regionalpacs.test.IntegrationTest;
import org.regionalpacs.test.SampleObjects;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What a rebuild makes of the files is what was indexed when they were received. */
@IntegrationTest
@DirtiesContext
@TestPropertySource(
    properties = {
      "spring.config.name=application,consumer",
      "pacs.indexer.enabled=false",
      "pacs.archiver.enabled=false",
      "pacs.converter.enabled=false",
      "pacs.loader.enabled=false"
    })
abstract class RebuildContract {
  static final String TENANT = "default";
  private static final String OTHER = "other";
  private static final Wanted LOSSLESS = new Wanted("lossless", UID.RLELossless, 0, false);
  private static final MessageCodec<StorageMessage> STORAGE = MessageCodec.of(StorageMessage.class);

  /** Little for what others don't do in the end, much for what they do. */
  static final Patience LITTLE =
      new Patience(
          List.of(Duration.ofMillis(10), Duration.ofMillis(10)),
          Duration.ofMinutes(1),
          Duration.ofSeconds(2),
          2);

  @TempDir static Path folder;
  private static Instant clock = Instant.parse("2026-01-02T03:04:05Z");

  @Autowired IndexRebuild rebuild;
  @Autowired List<Step> steps;
  @Autowired BlobStore archive;
  @Autowired ObjectProvider<ArchiveCatalogue> catalogue;
  @Autowired DeletionWriter deletions;
  @Autowired DeletionJournal journal;
  @Autowired CountWriter counts;
  @Autowired IndexClearing clearing;
  @Autowired JdbcClient jdbc;
  @Autowired JdbcTemplate template;
  @Autowired PlatformTransactionManager transactions;

  private final OnlineStore online = OnlineStore.open(folder.resolve("online"));
  private final OnlineListing files = new OnlineListing(online);
  final SampleObjects study = SampleObjects.newStudy();
  private final List<String> told = new ArrayList<>();

  @BeforeEach
  void beginWithNothing() throws Exception {
    for (Path each : List.of(folder.resolve("online/default"), folder.resolve("online/other"))) {
      remove(each);
    }
    emptyArchive();
    loseTheIndex();
    jdbc.sql("truncate query_tag").update();
  }

  /** Has the archive forget everything. */
  abstract void emptyArchive() throws Exception;

  @Test
  void givenAllThatMayHappenToObjects_whenTheDatabaseIsLost_thenTheIndexIsTheSame()
      throws Exception {
    queryTag();
    received(TENANT, study.image(1));
    StorageMessage viewed = received(TENANT, study.newSeries().image(2));
    rendition(viewed);
    received(TENANT, study.image(3).setString(Tag.PatientName, "Somebody^Else"));
    received(OTHER, study.image(4));
    Attributes image = study.image(5);
    received(TENANT, image);
    received(TENANT, image.setString(Tag.ImageComments, "corrected"));
    received(TENANT, image);
    SampleObjects evicted = SampleObjects.newStudy();
    evict(received(TENANT, evicted.image(1)));
    received(TENANT, evicted.image(2));
    StorageMessage deletedLater = received(TENANT, evicted.image(3));
    evict(deletedLater);
    delete(
        DeletionTarget.instance(
            TENANT, deletedLater.study(), deletedLater.series(), deletedLater.sopInstance()));
    SampleObjects deleted = SampleObjects.newStudy();
    StorageMessage left = received(TENANT, deleted.image(1));
    StorageMessage gone = received(TENANT, deleted.image(2));
    evict(gone);
    delete(DeletionTarget.study(TENANT, deleted.studyUid()));
    removed(gone);
    received(TENANT, deleted.image(3));
    IndexSnapshot before = snapshot();

    loseTheIndex();
    RebuildReport report = rebuild();

    assertThat(report.troubles()).as(told.toString()).isZero();
    assertThat(snapshot()).isEqualTo(before);
    assertThat(report.online()).isEqualTo(8);
    assertThat(report.archived()).isEqualTo(1);
    assertThat(report.renditions()).isEqualTo(1);
    assertThat(report.deletions()).isEqualTo(2);
    assertThat(toBeRemoved(left)).containsExactly(archive.name(), "online");
    assertThat(toBeRemoved(deletedLater)).containsExactly(archive.name());
    assertThat(clearing.phase()).isEmpty();
  }

  @Test
  void givenAWrongIndex_whenRebuilt_thenWhatFilesDoNotTellIsStillThere() throws Exception {
    StorageMessage evicted = received(TENANT, study.image(1));
    evict(evicted);
    jdbc.sql("insert into study_pin (tenant, study_uid, reason) values (?, ?, 'trial')")
        .params(TENANT, study.studyUid())
        .update();
    long change = changeNumber();
    jdbc.sql("update patient set name = 'wrong'").update();
    delete(
        DeletionTarget.study(TENANT, received(TENANT, SampleObjects.newStudy().image(1)).study()));
    jdbc.sql("delete from instance").update();

    assertThat(rebuild().troubles()).isZero();

    assertThat(jdbc.sql("select name from patient").query(String.class).list())
        .containsExactly(study.patientName());
    assertThat(jdbc.sql("select reason from study_pin").query(String.class).list())
        .containsExactly("trial");
    assertThat(changeNumber()).as("nobody meets it again").isGreaterThan(change);
    assertThat(
            jdbc.sql("select count(*) from online_study where wanted is not null")
                .query(Integer.class)
                .single())
        .as("a pinned study comes back")
        .isEqualTo(1);
  }

  @Test
  void givenARebuildThatWasBrokenOff_whenRunAgain_thenTheIndexIsTheSame() throws Exception {
    received(TENANT, study.image(1));
    rendition(received(TENANT, study.image(2)));
    evict(received(TENANT, study.image(3)));
    IndexSnapshot before = snapshot();

    assertThatThrownBy(() -> rebuildWith(RebuildContract::die, "renditions"))
        .isInstanceOf(RebuildException.class)
        .hasMessageContaining("isn't whole");

    assertThat(clearing.phase()).contains(IndexClearing.Phase.INDEXING);
    assertThat(snapshot()).isNotEqualTo(before);
    assertThat(rebuild().troubles()).isZero();
    assertThat(snapshot()).isEqualTo(before);
  }

  @Test
  void givenADeletionThatNobodyCanRead_whenRebuilt_thenNothingIsDropped() throws Exception {
    received(TENANT, study.image(1));
    StorageMessage dead = received(TENANT, SampleObjects.newStudy().image(1));
    delete(DeletionTarget.study(TENANT, dead.study()));
    Path record = journalFile();
    Files.writeString(record, "{\"SchemaVersion\":1,");
    IndexSnapshot before = snapshot();

    assertThat(rebuild().troubles()).as("the index knows it").isZero();
    assertThat(snapshot()).isEqualTo(before);
    jdbc.sql("truncate deletion, dead_reception").update();
    before = snapshot();

    assertThatThrownBy(this::rebuild)
        .isInstanceOf(RebuildException.class)
        .hasMessageContaining(record.toString());

    assertThat(snapshot()).isEqualTo(before);
  }

  @Test
  void givenFilesThatWereDamaged_whenRebuilt_thenTheyAreToldAndTheOthersAreIndexed()
      throws Exception {
    StorageMessage cut = received(TENANT, study.image(1));
    received(TENANT, study.image(2));
    // The archive has the same file by another name.
    Files.delete(online.resolve(cut.filePath()));
    Files.writeString(online.resolve(cut.filePath()), "no DICOM any more");

    RebuildReport report = rebuild();

    assertThat(report.troubles()).isEqualTo(1);
    assertThat(told).singleElement().asString().contains(cut.filePath());
    assertThat(report.online()).isEqualTo(1);
    assertThat(report.archived()).as("the archive has it").isEqualTo(1);
    assertThat(instances()).isEqualTo(2);
  }

  @Test
  void givenAnArchivedCopyThatWasDamaged_whenThereIsAnother_thenThatOneIsTaken() throws Exception {
    StorageMessage message = received(TENANT, study.image(1));
    String first = archived(message);
    damageCopy(first, message.fileSize());
    jdbc.sql("update location set state = 'damaged' where store <> 'online'").update();
    process("archiver", message);
    String second = archived(message);
    assertThat(second).isNotEqualTo(first);
    evict(message);
    IndexSnapshot before = snapshot();

    loseTheIndex();

    assertThat(rebuild().troubles()).isZero();
    assertThat(archived(message)).isEqualTo(second);
    assertThat(snapshot()).isEqualTo(before);
  }

  /** Overwrites the last bytes of an archived object. */
  abstract void damageCopy(String blobId, long size) throws IOException;

  @Test
  void givenARebuildIsGoingOn_whenAnotherBegins_thenItIsTold() throws Exception {
    try (IndexClearing.Turn _ = clearing.turn().orElseThrow()) {
      assertThatThrownBy(this::rebuild)
          .isInstanceOf(RebuildException.class)
          .hasMessageContaining("Another rebuild");
    }
    assertThat(rebuild().troubles()).isZero();
  }

  RebuildReport rebuild() throws RebuildException {
    return rebuild(Missing.REFUSE);
  }

  RebuildReport rebuild(Missing missing) throws RebuildException {
    told.clear();
    return rebuild.run(
        new RebuildObserver() {
          @Override
          public void begins(String what, long total) {}

          @Override
          public void done(long count) {}

          @Override
          public void waits(String why) {}

          @Override
          public void trouble(String line) {
            told.add(line);
          }
        },
        missing);
  }

  List<String> told() {
    return told;
  }

  /** What happens when a part of a rebuild begins. */
  interface Event {
    void happen() throws Exception;
  }

  static void die() {
    throw new IllegalStateException("killed");
  }

  RebuildReport rebuildWith(Event event, String part) throws RebuildException {
    return rebuildWith(event, part, () -> {});
  }

  /**
   * @param waiting happens when something is to be tried again
   */
  RebuildReport rebuildWith(Event event, String part, Event waiting) throws RebuildException {
    return rebuild.run(new At(part, event, waiting), Missing.REFUSE, LITTLE);
  }

  private record At(String part, Event event, Event waiting) implements RebuildObserver {
    @Override
    public void begins(String what, long total) {
      if (what.equals(part)) {
        let(event);
      }
    }

    @Override
    public void waits(String why) {
      let(waiting);
    }

    private static void let(Event happen) {
      try {
        happen.happen();
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void done(long count) {}

    @Override
    public void trouble(String line) {}
  }

  IndexSnapshot snapshot() {
    while (counts.recount(500) > 0) {
      // There may be more.
    }
    return IndexSnapshot.take(jdbc);
  }

  /** An object as intake leaves it, a moment after the last one; indexed and archived. */
  StorageMessage received(String tenant, Attributes object) throws Exception {
    StorageMessage message = stored(tenant, object);
    process("indexer", message);
    process("archiver", message);
    return message;
  }

  private StorageMessage stored(String tenant, Attributes object) throws IOException {
    Path series =
        online
            .root()
            .resolve(tenant)
            .resolve(object.getString(Tag.StudyInstanceUID, ""))
            .resolve(object.getString(Tag.SeriesInstanceUID, ""));
    Path written = SampleObjects.write(object, folder.resolve("sent"));
    Path file = series.resolve(written.getFileName());
    if (Files.exists(file)) {
      file =
          series.resolve(
              object.getString(Tag.SOPInstanceUID, "") + "." + UUID.randomUUID() + ".dcm");
    }
    Files.createDirectories(series);
    Files.move(written, file);
    clock = clock.plusMillis(10);
    Files.setLastModifiedTime(file, FileTime.from(clock));
    return files.read(online.root().relativize(file).toString()).orElseThrow();
  }

  void process(String group, StorageMessage message) throws Exception {
    Step step = steps.stream().filter(each -> each.group().equals(group)).findFirst().orElseThrow();
    ConsumerRecord<String, byte[]> record =
        new ConsumerRecord<>(Topics.STORAGE, 0, 0, message.study(), STORAGE.encode(message));
    assertThat(step.process(List.of(new StorageRecord(record, message))))
        .isEqualTo(StepResult.DONE);
  }

  void rendition(StorageMessage message) throws Exception {
    Step converter =
        steps.stream().filter(each -> each.group().equals("converter")).findFirst().orElseThrow();
    byte[] value =
        MessageCodec.of(ConvertMessage.class)
            .encode(new ConvertMessage(1, message, List.of(LOSSLESS)));
    ConsumerRecord<String, byte[]> record =
        new ConsumerRecord<>(Topics.CONVERT, 0, 0, message.study(), value);
    assertThat(converter.process(List.of(converter.read(record)))).isEqualTo(StepResult.DONE);
  }

  void evict(StorageMessage message) throws IOException {
    Files.delete(online.resolve(message.filePath()));
    jdbc.sql("update location set state = 'evicted' where reception_id = ? and store = 'online'")
        .param(message.receptionId())
        .update();
    countEvicted(message);
  }

  private void countEvicted(StorageMessage message) {
    new Evictions(template, new TransactionTemplate(transactions), online.node())
        .counted(new StudyIdentity(message.tenant(), message.study()), 0);
  }

  /** As webworker-service does it, but for the removal. */
  void delete(DeletionTarget target) throws IOException {
    assertThat(deletions.delete(target, Duration.ZERO)).isPresent();
    for (DeletionJournal.Entry entry : journal.waiting(10)) {
      DeletionRecord record =
          new DeletionRecord(
              1,
              entry.id(),
              entry.tenant(),
              entry.study(),
              entry.series(),
              entry.sop(),
              entry.requested(),
              entry.receptions());
      for (ArchiveCatalogue each : catalogue) {
        each.addDeletion(record.name(), record.json());
      }
      archive.put(record.name(), new ByteArrayInputStream(record.json()), record.json().length);
      journal.journaled(entry);
    }
  }

  private void removed(StorageMessage message) throws IOException {
    String id =
        jdbc.sql("select blob_id from removal where reception_id = ? and store <> 'online'")
            .param(message.receptionId())
            .query(String.class)
            .single();
    new ArchiveName(
            message.tenant(),
            message.study(),
            message.series(),
            message.sopInstance(),
            message.receptionId())
        .deleteFrom(archive, id);
    jdbc.sql("delete from block_list where reception_id = ?").param(message.receptionId()).update();
  }

  private List<String> toBeRemoved(StorageMessage message) {
    return jdbc.sql("select store from removal where reception_id = ? order by store")
        .param(message.receptionId())
        .query(String.class)
        .list();
  }

  String archived(StorageMessage message) {
    return jdbc.sql("select blob_id from location where reception_id = ? and store <> 'online'")
        .param(message.receptionId())
        .query(String.class)
        .single();
  }

  private void queryTag() {
    jdbc.sql(
            """
            insert into query_tag (tenant, path, creator, vr, level, state)
            values ('default', '00080050', '', 'SH', 'study', 'ready')
            """)
        .update();
    jdbc.sql("update query_tag_generation set generation = generation + 1").update();
  }

  /** All but what the database alone has. */
  void loseTheIndex() {
    jdbc.sql(
            """
            truncate patient, study, series, instance, superseded_instance, location, block_list,
              rendition, rendition_attempt, conflict, conflict_object, query_tag_value,
              online_study, deletion, dead_reception, deleted_series, removal, study_pin,
              possible_orphan, rebuild, rebuild_known,
              rebuild_damaged
            """)
        .update();
  }

  private long changeNumber() {
    return jdbc.sql("select max(change_number) from series").query(Long.class).single();
  }

  int instances() {
    return jdbc.sql("select count(*) from instance").query(Integer.class).single();
  }

  private static Path journalFile() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(each -> each.toString().contains("_deletions/default/"))
          .filter(each -> each.toString().endsWith(".json"))
          .findFirst()
          .orElseThrow();
    }
  }

  static void remove(Path below) throws IOException {
    if (Files.notExists(below)) {
      return;
    }
    try (Stream<Path> all = Files.walk(below)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
