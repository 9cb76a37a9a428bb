package org.regionalpacs.consumer.archiver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.consumer.AcceptedObjects;
import org.regionalpacs.consumer.Postponed;
import org.regionalpacs.consumer.StepResult;
import org.regionalpacs.consumer.StorageRecord;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.VR;
import org.regionalpacs.index.BlockLists;
import org.regionalpacs.index.LocationWriter;
import org.regionalpacs.index.PossibleOrphan;
import org.regionalpacs.index.PossibleOrphans;
import org.regionalpacs.messages.MessageCodec;
import org.regionalpacs.messages.StorageMessage;
import org.regionalpacs.messages.Topics;
import org.regionalpacs.storage.ArchiveCatalogue;
import org.regionalpacs.storage.BlobStore;
import org.regionalpacs.test.IntegrationTest;
import org.regionalpacs.test.SampleObjects;
import org.regionalpacs.test.fastdfs.FakeFastDfs;
import org.regionalpacs.test.fastdfs.FakeStorage;
import org.regionalpacs.test.fastdfs.Fault;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** The archiver on a FastDFS cluster. */
@IntegrationTest
@DirtiesContext
@TestPropertySource(
    properties = {
      "spring.config.name=application,consumer",
      "pacs.indexer.enabled=false",
      "pacs.archiver.enabled=false",
      "pacs.archive.store=fastdfs",
      "pacs.fastdfs.io-timeout=3s",
      "pacs.fastdfs.deadline=10s",
      "pacs.fastdfs.attempts=3",
      "pacs.fastdfs.pause=10ms",
      "pacs.blocks.threshold=100KB",
      "pacs.blocks.size=100KB"
    })
class FastDfsArchiverTest {
  private static final MessageCodec<StorageMessage> CODEC = MessageCodec.of(StorageMessage.class);
  private static final Pattern RECEPTION = Pattern.compile("\"ReceptionID\":\"([0-9a-f-]{36})\"");
  private static final Pattern BLOCK = Pattern.compile("block [0-9]+ [0-9a-f]+ (\\S+)");
  private static final int UPLOAD = 11; // command of the protocol
  private static final int OBJECTS = 1000;
  private static final int BATCH = 20;
  private static final int WORKERS = 4;
  private static final int LEAST_KILLS = 10;
  private static final Duration BETWEEN_KILLS = Duration.ofMillis(60);

  @TempDir static Path folder;
  private static FakeFastDfs cluster;

  @DynamicPropertySource
  static void folders(DynamicPropertyRegistry registry) throws IOException {
    cluster = FakeFastDfs.start(folder.resolve("cluster"), 1, 2);
    registry.add("pacs.fastdfs.trackers", cluster::trackers);
    registry.add("pacs.online.root", () -> folder.resolve("online"));
    registry.add("pacs.archive.root", () -> folder.resolve("archive"));
    registry.add("pacs.converter.scratch", () -> folder.resolve("scratch"));
    registry.add("pacs.derived.root", () -> folder.resolve("derived"));
    registry.add("pacs.catalogue.root", () -> folder.resolve("catalogue"));
    registry.add("pacs.fastdfs.spool", () -> folder.resolve("spool"));
    registry.add("pacs.fastdfs.orphans", () -> folder.resolve("orphans"));
    registry.add("pacs.blocks.journals", () -> folder.resolve("blocks"));
  }

  @AfterAll
  static void stopCluster() throws IOException {
    cluster.close();
  }

  @Autowired Archiver archiver;
  @Autowired ArchiveCopy archiveCopy;
  @Autowired LocationWriter locations;
  @Autowired ObjectProvider<ArchiveCatalogue> catalogues;
  @Autowired BlobStore archive;
  @Autowired ArchiveCatalogue catalogue;
  @Autowired BlockLists lists;
  @Autowired PossibleOrphans orphans;
  @Autowired StrayCopies strays;
  @Autowired JdbcClient jdbc;

  private final AcceptedObjects intake = new AcceptedObjects(folder.resolve("online"));
  private final SampleObjects study = SampleObjects.newStudy();

  @AfterEach
  void heal() {
    cluster.heal();
  }

  @Test
  void
      givenStoragesThatAreKilled_whenAThousandObjectsAreArchived_thenAllAreThereAndTheRestIsListed()
          throws Exception {
    List<StorageRecord> records = new ArrayList<>();
    for (int number = 1; number <= OBJECTS; number++) {
      records.add(record(intake.accept(study.image(number))));
    }
    for (FakeStorage storage : cluster.storages()) {
      // As when it dies between keeping a file and answering: a kill rarely hits that moment.
      storage.faults().next(UPLOAD, new Fault.LoseResponse(), 2);
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      AtomicBoolean done = new AtomicBoolean();
      Future<Integer> kills = threads.submit(() -> killUntil(done));
      AtomicInteger next = new AtomicInteger();
      List<Future<?>> workers = new ArrayList<>();
      for (int i = 0; i < WORKERS; i++) {
        workers.add(
            threads.submit(() -> {
              for (int n = next.getAndAdd(BATCH); n < OBJECTS; n = next.getAndAdd(BATCH)) {
                archive(records.subList(n, n + BATCH));
              }
              return null;
            }));
      }
      try {
        for (Future<?> worker : workers) {
          worker.get();
        }
      } finally {
        done.set(true);
      }
      assertThat(kills.get()).isGreaterThanOrEqualTo(LEAST_KILLS);
    }

    Set<String> known = new HashSet<>();
    for (StorageRecord record : records) {
      StorageMessage message = record.message();
      String id = blobOf(message);
      known.add(id);
      try (InputStream in = archive.get(id, 0, message.fileSize())) {
        assertThat(in.readAllBytes()).isEqualTo(Files.readAllBytes(file(message)));
      }
    }
    Set<String> recorded = recorded();
    assertThat(recorded).containsAll(known);
    Map<String, Integer> unknown = unknownFilesByReception(recorded);
    assertThat(unknown).as("what the kills left").isNotEmpty();
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> {
          Map<String, Integer> listed = listedByReception();
          unknown.forEach((reception, files) ->
              assertThat(listed.getOrDefault(reception, 0)).isGreaterThanOrEqualTo(files));
        });
    try (Stream<ArchiveCatalogue.Entry> entries = catalogue.entries("fastdfs")) {
      assertThat(entries.map(ArchiveCatalogue.Entry::blobId).toList()).containsAll(known);
    }
  }

  private static int killUntil(AtomicBoolean done) throws IOException {
    int kills = 0;
    while (!done.get() || kills < LEAST_KILLS) {
      FakeStorage storage = cluster.storage(kills++ % 2);
      storage.kill();
      LockSupport.parkNanos(BETWEEN_KILLS.toNanos());
      storage.restart();
      LockSupport.parkNanos(BETWEEN_KILLS.toNanos());
    }
    return kills;
  }

  /** As the listener and the parking do: what is left comes again. */
  private void archive(List<StorageRecord> batch) throws Exception {
    List<StorageRecord> left = batch;
    while (!left.isEmpty()) {
      StepResult result = archiver.process(left);
      assertThat(result.unusable()).isEmpty();
      left = result.later().stream().map(Postponed::record).toList();
    }
  }

  private static Map<String, Integer> unknownFilesByReception(Set<String> known)
      throws IOException {
    Map<String, Integer> unknown = new HashMap<>();
    Set<String> seen = new HashSet<>(known);
    for (FakeStorage storage : cluster.storages()) {
      for (String id : storage.files()) {
        if (seen.add(id)) {
          Matcher manifest =
              RECEPTION.matcher(Files.readString(storage.file(id), StandardCharsets.ISO_8859_1));
          assertThat(manifest.find()).isTrue();
          unknown.merge(manifest.group(1), 1, Integer::sum);
        }
      }
    }
    return unknown;
  }

  private Map<String, Integer> listedByReception() {
    Map<String, Integer> listed = new HashMap<>();
    for (PossibleOrphan orphan : orphans.list(Instant.EPOCH, 10_000)) {
      String name = orphan.name();
      String reception = name.substring(name.lastIndexOf('/') + 1).replace(".dcm", "");
      listed.merge(reception, 1, Integer::sum);
    }
    return listed;
  }

  @Test
  void givenALargeObject_whenArchived_thenTheListOfItsBlocksIsInTheIndex() throws Exception {
    StorageMessage message =
        intake.accept(study.image(2000).setBytes(Tag.PixelData, VR.OW, new byte[300_000]));
    archive(List.of(record(message)));

    String id = blobOf(message);
    assertThat(id).endsWith(".blocks");
    assertThat(lists.find("fastdfs", id))
        .hasValueSatisfying(text ->
            assertThat(text).startsWith("regional-pacs blocks 1\n").contains("\nblock 102400 "));
  }

  @Test
  void givenACopyThatCanNotBeRecorded_whenItsMessageComesAgain_thenNoSecondCopyIsMade()
      throws Exception {
    StorageRecord record = record(intake.accept(study.image(2001)));
    Path catalogued = folder.resolve("catalogue/fastdfs");
    catalogue.close();
    Path aside = folder.resolve("aside");
    boolean moved = Files.exists(catalogued);
    if (moved) {
      Files.move(catalogued, aside);
    }
    Files.writeString(catalogued, "in the way");
    long before = files();

    try {
      assertThatThrownBy(() -> archiver.process(List.of(record))).isInstanceOf(IOException.class);
      assertThat(files()).isEqualTo(before + 1);
    } finally {
      Files.delete(catalogued);
      if (moved) {
        Files.move(aside, catalogued);
      }
    }
    archive(List.of(record));

    assertThat(files()).isEqualTo(before + 1);
    try (Stream<ArchiveCatalogue.Entry> entries = catalogue.entries("fastdfs")) {
      assertThat(entries.map(ArchiveCatalogue.Entry::blobId)).contains(blobOf(record.message()));
    }
  }

  @Test
  void givenAProcessThatDiedBeforeItRecordedACopy_whenTheMessageComesAgain_thenTheCopyIsFound()
      throws Exception {
    for (byte[] pixels : List.of(new byte[10], new byte[300_000])) {
      StorageRecord record =
          record(intake.accept(study.image(2002).setBytes(Tag.PixelData, VR.OW, pixels)));
      String first =
          new Copies(archiveCopy, locations, catalogues).make(record).location().blobId();
      long before = files();

      Copies next = new Copies(archiveCopy, locations, catalogues);
      assertThat(next.make(record).location().blobId()).isEqualTo(first);
      assertThat(files()).isEqualTo(before);
      assertThat(next.record(List.of(record))).hasSize(1);
      assertThat(blobOf(record.message())).isEqualTo(first);

      archive.delete(first);
      Copies later = new Copies(archiveCopy, locations, catalogues);
      assertThat(later.make(record).location().blobId()).isNotEqualTo(first);
      later.record(List.of(record));
    }
  }

  @Test
  void givenACopyThatAnotherHostMadeToo_whenLookedFor_thenItIsListedOnce() throws Exception {
    for (byte[] pixels : List.of(new byte[10], new byte[300_000])) {
      StorageRecord record =
          record(intake.accept(study.image(2003).setBytes(Tag.PixelData, VR.OW, pixels)));
      Copies killed = new Copies(archiveCopy, locations, catalogues);
      String stray = killed.make(record).location().blobId();
      // Of a host that has another catalogue.
      Copies other =
          new Copies(
              archiveCopy,
              locations,
              new DefaultListableBeanFactory().getBeanProvider(ArchiveCatalogue.class));
      other.make(record);
      other.record(List.of(record));
      assertThat(blobOf(record.message())).isNotEqualTo(stray);

      assertThat(strays.list()).isEqualTo(1);
      assertThat(strays.list()).isZero();

      assertThat(orphans.list(Instant.EPOCH, 10_000))
          .filteredOn(orphan -> orphan.answered().filter(stray::equals).isPresent())
          .singleElement()
          .satisfies(orphan -> {
            assertThat(orphan.name())
                .startsWith("default/" + study.studyUid() + "/" + study.seriesUid())
                .endsWith(record.message().receptionId() + ".dcm");
            assertThat(orphan.reason()).contains("second copy");
          });
      // Of no other test.
      archive.delete(stray);
      jdbc.sql("delete from possible_orphan where answered = ?").param(stray).update();
    }
  }

  private static long files() throws IOException {
    Set<String> ids = new HashSet<>();
    for (FakeStorage storage : cluster.storages()) {
      ids.addAll(storage.files());
    }
    return ids.size();
  }

  /** All files that the index, or at least the catalogue, knows. */
  private Set<String> recorded() throws IOException {
    Set<String> ids =
        new HashSet<>(
            jdbc.sql("select blob_id from location where store = 'fastdfs'")
                .query(String.class)
                .list());
    try (Stream<ArchiveCatalogue.Entry> entries = catalogue.entries("fastdfs")) {
      entries.map(ArchiveCatalogue.Entry::blobId).forEach(ids::add);
    }
    for (String list : jdbc.sql("select blocks from block_list").query(String.class).list()) {
      BLOCK.matcher(list).results().forEach(block -> ids.add(block.group(1)));
    }
    return ids;
  }

  private String blobOf(StorageMessage message) {
    return jdbc.sql("select blob_id from location where reception_id = ? and store = 'fastdfs'")
        .param(message.receptionId())
        .query(String.class)
        .single();
  }

  private static Path file(StorageMessage message) {
    return folder.resolve("online").resolve(message.filePath());
  }

  private static StorageRecord record(StorageMessage message) {
    return new StorageRecord(
        new ConsumerRecord<>(Topics.STORAGE, 0, 0, message.study(), CODEC.encode(message)),
        message);
  }
}
