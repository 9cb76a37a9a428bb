package org.regionalpacs.intake.evict;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.index.DeletionTarget;
import org.regionalpacs.index.DeletionWriter;
import org.regionalpacs.index.Evictions;
import org.regionalpacs.index.IndexWriter;
import org.regionalpacs.index.IndexedInstance;
import org.regionalpacs.index.InstanceObjects;
import org.regionalpacs.index.LocationWriter;
import org.regionalpacs.index.LocationWriter.PlacedObject;
import org.regionalpacs.index.NodeObject;
import org.regionalpacs.index.NodeObjects;
import org.regionalpacs.index.ObjectLocation;
import org.regionalpacs.index.ReceivedObject;
import org.regionalpacs.index.ReceptionKey;
import org.regionalpacs.index.StudyIdentity;
import org.regionalpacs.index.StudyPins;
import org.regionalpacs.intake.EvictableFiles;
import org.regionalpacs.intake.Intake;
import org.regionalpacs.intake.OnlineStore;
import org.regionalpacs.intake.TestObject;
import org.regionalpacs.messages.StorageMessage;
import org.regionalpacs.nodes.BringBackStudy;
import org.regionalpacs.nodes.DeleteFiles;
import org.regionalpacs.nodes.EvictStudies;
import org.regionalpacs.nodes.NodeTaskHandler;
import org.regionalpacs.nodes.ReconcileTask;
import org.regionalpacs.nodes.TaskDatabase;
import org.regionalpacs.storage.ArchiveName;
import org.regionalpacs.storage.BlobStore;
import org.regionalpacs.test.IntegrationTest;
import org.regionalpacs.test.fastdfs.FakeFastDfs;
import org.regionalpacs.test.fastdfs.FakeStorage;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** A node whose archive is a FastDFS cluster; the test does what the other services do. */
@IntegrationTest
@Timeout(300)
@TestPropertySource(
    properties = {
      "spring.config.name=evicting-node",
      "pacs.intake.min-free=1MB",
      "pacs.archive.store=fastdfs",
      "pacs.fastdfs.io-timeout=6s",
      "pacs.fastdfs.deadline=18s",
      "pacs.fastdfs.attempts=1",
      "pacs.reconcile.grace=0s",
      "pacs.reconcile.archive-after=0s",
      "pacs.reconcile.verify-rate=0B",
      "pacs.eviction.read-rate=0B"
    })
abstract class EvictingNode {
  private static final Path DATA = temporaryFolder();
  static final FakeFastDfs CLUSTER = cluster();

  @Autowired Intake intake;
  @Autowired OnlineStore online;
  @Autowired EvictableFiles files;
  @Autowired TaskDatabase database;
  @Autowired Archives archives;
  @Autowired IndexWriter index;
  @Autowired LocationWriter locations;
  @Autowired DeletionWriter deletions;
  @Autowired InstanceObjects instances;
  @Autowired StudyPins pins;
  @Autowired JdbcClient jdbc;
  @Autowired MeterRegistry meters;
  @Autowired NodeTaskHandler<EvictStudies, EvictStudies.Result> evicting;
  @Autowired NodeTaskHandler<BringBackStudy, BringBackStudy.Result> returning;
  @Autowired NodeTaskHandler<ReconcileTask, ReconcileTask.Result> reconciling;
  @Autowired NodeTaskHandler<DeleteFiles, ?> deleting;

  final TestObject object = TestObject.create();
  final StudyIdentity study = new StudyIdentity("default", object.study());
  Evictions evictions;

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry registry) {
    registry.add("pacs.fastdfs.trackers", CLUSTER::trackers);
    registry.add("pacs.fastdfs.spool", () -> DATA.resolve("spool").toString());
    registry.add("pacs.fastdfs.orphans", () -> DATA.resolve("orphans").toString());
    registry.add("pacs.catalogue.root", () -> DATA.resolve("catalogue").toString());
    registry.add("pacs.blocks.journals", () -> DATA.resolve("blocks").toString());
    registry.add("pacs.derived.root", () -> DATA.resolve("derived").toString());
    registry.add("pacs.archive.root", () -> DATA.resolve("no-archive").toString());
    registry.add("pacs.online.root", () -> DATA.resolve("online").toString());
  }

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("regional-pacs-evict-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FakeFastDfs cluster() {
    try {
      return FakeFastDfs.start(DATA.resolve("fastdfs"), 1, 1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @BeforeEach
  void begin() {
    evictions = new Evictions(database.template(), database.transaction(), online.node());
  }

  @AfterEach
  void heal() throws IOException {
    CLUSTER.heal();
  }

  /** Received and indexed. */
  final StorageMessage stored(TestObject sent) throws Exception {
    StorageMessage message = intake.receive(sent.reception(), sent.stream()).message();
    indexed(message, sent.attributes());
    return message;
  }

  final void indexed(StorageMessage message, Attributes header) {
    locations.upsert(
        List.of(
            new PlacedObject(
                key(message),
                new ObjectLocation(
                    "online", message.node(), message.filePath(), 0, message.fileSize()))));
    index.index(
        List.of(
            IndexedInstance.of(
                new ReceivedObject(
                    message.tenant(),
                    message.receptionId(),
                    message.study(),
                    message.series(),
                    message.sopInstance(),
                    message.sopClass(),
                    message.transferSyntax(),
                    message.digest(),
                    message.fileSize(),
                    message.dataSetOffset(),
                    message.received(),
                    message.patientId()),
                header)));
  }

  static ReceptionKey key(StorageMessage message) {
    return new ReceptionKey(
        message.tenant(),
        message.study(),
        message.series(),
        message.sopInstance(),
        message.receptionId());
  }

  /** Received, indexed and archived. */
  final StorageMessage archived(TestObject sent) throws Exception {
    StorageMessage message = stored(sent);
    archive(message);
    return message;
  }

  final void archive(StorageMessage message) throws IOException {
    BlobStore store = archives.named("fastdfs");
    ReceptionKey key = key(message);
    String id =
        new ArchiveName(key.tenant(), key.study(), key.series(), key.sop(), key.receptionId())
            .storeIn(store, file(message), "{}".getBytes());
    locations.upsert(
        List.of(
            new PlacedObject(key, new ObjectLocation("fastdfs", "", id, 0, message.fileSize()))));
  }

  final Path file(StorageMessage message) {
    return online.resolve(message.filePath());
  }

  final EvictStudies.Result evict() throws Exception {
    return evicting.run(
        new EvictStudies(List.of(new EvictStudies.Study(study.tenant(), study.studyUid()))));
  }

  final BringBackStudy.Result bringBack() throws Exception {
    return returning.run(new BringBackStudy(study.tenant(), study.studyUid()));
  }

  final ReconcileTask.Result reconcile() throws Exception {
    UUID run = UUID.randomUUID();
    jdbc.sql("insert into reconcile_run (node, run) values (?, ?)")
        .params(online.node(), run)
        .update();
    return reconciling.run(new ReconcileTask(run));
  }

  /** What the last run found in the study of this test, as kinds. */
  final List<String> findings() {
    return jdbc.sql(
            """
            select kind from reconcile_finding
             where study_uid = ?
               and run = (select run from reconcile_run order by planned desc limit 1)
            """)
        .param(study.studyUid())
        .query(String.class)
        .list();
  }

  final void delete() {
    assertThat(
            deletions.delete(
                DeletionTarget.study(study.tenant(), study.studyUid()), Duration.ofSeconds(1)))
        .isPresent();
  }

  final String state(StorageMessage message) {
    return place(message).state();
  }

  final Evictions.Place place(StorageMessage message) {
    return evictions.place(message.tenant(), message.receptionId()).orElseThrow();
  }

  final NodeObject nodeObject(StorageMessage message) {
    return new NodeObjects(database.template())
        .ofSeries(study, message.series(), online.node()).stream()
            .filter(each -> each.reception().receptionId().equals(message.receptionId()))
            .findFirst()
            .orElseThrow();
  }

  /** The current instance's bytes as a reader gets them. */
  final byte[] read(StorageMessage message) throws IOException {
    List<ObjectLocation> places =
        instances
            .find(message.tenant(), message.study(), message.series(), message.sopInstance())
            .orElseThrow()
            .locations();
    for (ObjectLocation place : places) {
      if (place.online() && Files.exists(online.resolve(place.blobId()))) {
        return Files.readAllBytes(online.resolve(place.blobId()));
      }
    }
    ObjectLocation copy =
        places.stream().filter(place -> !place.online()).findFirst().orElseThrow();
    try (InputStream content =
        archives.named(copy.store()).get(copy.blobId(), copy.offset(), copy.length())) {
      return content.readAllBytes();
    }
  }

  final FakeStorage storage() {
    return CLUSTER.storage(0);
  }

  final Path copyOf(StorageMessage message) {
    return storage()
        .file(
            jdbc.sql("select blob_id from location where reception_id = ? and store = 'fastdfs'")
                .param(message.receptionId())
                .query(String.class)
                .single());
  }

  final double refusals(String direction, Refusal reason) {
    return meters
        .counter("pacs.eviction.refusals", "direction", direction, "reason", reason.id())
        .count();
  }

  /** Files that have lost their names, and temporary ones. */
  final List<String> leftovers() throws IOException {
    try (Stream<Path> all = Files.walk(online.root())) {
      return all.filter(Files::isRegularFile)
          .map(file -> online.root().relativize(file).toString())
          .filter(name -> name.startsWith(".deleted/") || name.endsWith(".part"))
          .filter(name -> !name.endsWith(".lock"))
          .toList();
    }
  }
}
