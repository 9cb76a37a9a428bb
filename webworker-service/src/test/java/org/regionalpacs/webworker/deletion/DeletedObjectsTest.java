package org.regionalpacs.webworker.deletion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.index.DeletionJournal;
import org.regionalpacs.index.DeletionTarget;
import org.regionalpacs.index.DeletionWriter;
import org.regionalpacs.index.IndexWriter;
import org.regionalpacs.index.LocationWriter;
import org.regionalpacs.index.LocationWriter.PlacedObject;
import org.regionalpacs.index.ObjectLocation;
import org.regionalpacs.index.ReceptionKey;
import org.regionalpacs.index.Removals;
import org.regionalpacs.metadata.OnlineNode;
import org.regionalpacs.nodes.NodeTaskPlanner;
import org.regionalpacs.storage.ArchiveCatalogue;
import org.regionalpacs.storage.ArchiveName;
import org.regionalpacs.storage.ArchiveStores;
import org.regionalpacs.storage.BlobStore;
import org.regionalpacs.storage.LocalBlobStore;
import org.regionalpacs.storage.cached.CacheKey;
import org.regionalpacs.storage.cached.CacheKey.Kind;
import org.regionalpacs.storage.cached.HotCache;
import org.regionalpacs.test.IntegrationTest;
import org.regionalpacs.test.RealServices;
import org.regionalpacs.test.SampleObjects;
import org.regionalpacs.webworker.WebWorkerApplication;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@IntegrationTest
@DirtiesContext
@TestPropertySource(
    properties = {
      "spring.config.name=" + WebWorkerApplication.CONFIG_NAME,
      // The tests take the turns themselves.
      "pacs.deletions.poll=1h",
      "pacs.metadata.quiet=1h",
      "pacs.metadata.housekeeping=500ms"
    })
class DeletedObjectsTest {
  private static final String TENANT = "default";

  @TempDir static Path folder;

  @Autowired IndexWriter index;
  @Autowired LocationWriter locations;
  @Autowired DeletionWriter deletions;
  @Autowired DeletionJournal journal;
  @Autowired Removals removals;
  @Autowired BlobStore archive;
  @Autowired NodeTaskPlanner planner;
  @Autowired JdbcClient jdbc;
  @Autowired HotCache cache;

  @Value("${spring.data.redis.database}")
  int redisDatabase;

  private final SampleObjects objects = SampleObjects.newStudy();
  private DeletedObjects deleted;

  @DynamicPropertySource
  static void folders(DynamicPropertyRegistry properties) {
    properties.add("pacs.online.root", () -> folder.resolve("online"));
    properties.add("pacs.archive.root", () -> folder.resolve("archive"));
    properties.add("pacs.derived.root", () -> folder.resolve("derived"));
  }

  @BeforeEach
  void archivedStudy() throws IOException {
    for (String table : List.of("node_task", "removal", "deletion")) {
      jdbc.sql("delete from " + table).update();
    }
    deleted = deletedObjects(only(archive), Optional.empty(), Optional.empty());
    new OnlineNode(folder.resolve("online"), index, locations).receive(objects, 1, 2, 3, 4, 5);
    record Row(String seriesUid, String sopUid, UUID receptionId) {}
    List<Row> rows =
        jdbc.sql("select series_uid, sop_uid, reception_id from instance where study_uid = ?")
            .param(objects.studyUid())
            .query(Row.class)
            .list();
    for (Row row : rows) {
      ArchiveName name =
          new ArchiveName(
              TENANT, objects.studyUid(), row.seriesUid(), row.sopUid(), row.receptionId());
      put(name.object());
      put(name.manifest());
      ReceptionKey key =
          new ReceptionKey(
              TENANT, objects.studyUid(), row.seriesUid(), row.sopUid(), row.receptionId());
      locations.upsert(
          List.of(
              new PlacedObject(key, new ObjectLocation(archive.name(), "", name.object(), 0, 4))));
    }
  }

  private DeletedObjects deletedObjects(
      ArchiveStores archives, Optional<ArchiveCatalogue> catalogue, Optional<HotCache> hot) {
    return new DeletedObjects(journal, removals, archives, catalogue, hot, planner, 2);
  }

  private static ArchiveStores only(BlobStore archive) {
    return new ArchiveStores(archive, List.of());
  }

  private void put(String name) throws IOException {
    archive.put(name, new ByteArrayInputStream(new byte[4]), 4);
  }

  @Test
  void givenADeletedStudy_whenWorkedOff_thenTheArchiveIsEmptyAndTheNodeHasItsTasks()
      throws IOException {
    delete();
    deleted.workOff();

    assertThat(files(folder.resolve("archive").resolve(TENANT).resolve(objects.studyUid())))
        .isEmpty();
    assertThat(removals.waiting()).isZero();
    List<String> tasks =
        jdbc.sql("select arguments from node_task where kind = 'delete-files'")
            .query(String.class)
            .list();
    assertThat(tasks).as("two files each").hasSize(3);
    JsonNode file = JsonMapper.shared().readTree(tasks.getFirst()).at("/files/0");
    assertThat(folder.resolve("online").resolve(file.at("/path").asString())).exists();
    assertThat(file.at("/receptionId").asString()).isNotBlank();
    assertThat(file.at("/cutoff").asString()).isNotBlank();
  }

  @Test
  void givenTheArchiveIsElsewhereNow_whenAStudyOfBeforeIsDeleted_thenTheFormerOneIsEmptyToo()
      throws IOException {
    ArchiveCatalogue catalogue = ArchiveCatalogue.open(folder.resolve("catalogue"));
    BlobStore elsewhere = LocalBlobStore.open("elsewhere", folder.resolve("elsewhere"));
    delete();
    deletedObjects(
            new ArchiveStores(elsewhere, List.of(archive)),
            Optional.of(catalogue),
            Optional.empty())
        .workOff();

    assertThat(files(folder.resolve("archive").resolve(TENANT).resolve(objects.studyUid())))
        .isEmpty();
    assertThat(removals.waiting()).isZero();
    assertThat(files(folder.resolve("elsewhere/_deletions"))).hasSize(1);
    assertThat(files(folder.resolve("catalogue/_deletions"))).hasSize(1);
  }

  @Test
  void givenObjectsThatAreInRedis_whenTheirStudyIsDeleted_thenTheyAreNoLonger() throws IOException {
    deleted = deletedObjects(only(archive), Optional.empty(), Optional.of(cache));
    record Row(String blobId, UUID receptionId) {}
    List<Row> rows =
        jdbc.sql(
                """
                select l.blob_id, l.reception_id from location l
                  join instance i using (tenant, reception_id)
                 where i.study_uid = ? and l.store = 'local'
                """)
            .param(objects.studyUid())
            .query(Row.class)
            .list();
    assertThat(rows).hasSize(5);
    await()
        .untilAsserted(() -> {
          for (Row row : rows) {
            cache.over(archive, TENANT, Kind.BYTES).get(row.blobId(), 0, 4).close();
            cache.keep(CacheKey.layout(TENANT, row.receptionId()), new byte[3]);
            cache.keep(CacheKey.rendered(TENANT, row.receptionId(), "a1"), new byte[3]);
            assertThat(cached(row.receptionId())).hasSize(5);
          }
        });

    delete();
    deleted.workOff();

    // A Redis that is slow is told later.
    await()
        .untilAsserted(() -> {
          for (Row row : rows) {
            assertThat(cached(row.receptionId())).allMatch(key -> key.contains(".gone:"));
          }
        });
  }

  private List<String> cached(UUID receptionId) {
    RedisClient client =
        RedisClient.create(
            "redis://127.0.0.1:%d/%d".formatted(RealServices.redisPort(), redisDatabase));
    try (var connection = client.connect()) {
      return connection.sync().keys("pacs:*" + receptionId + "*");
    } finally {
      client.shutdown();
    }
  }

  @Test
  void givenADeletion_whenWorkedOffTwice_thenTheJournalHasItOnce() throws IOException {
    UUID id = delete();
    deleted.workOff();
    jdbc.sql("update deletion set journaled = null where deletion_id = ?").param(id).update();
    deleted.workOff();

    Path copy = folder.resolve("archive/_deletions/default/" + id + ".json");
    JsonNode json = JsonMapper.shared().readTree(copy);
    assertThat(json.at("/StudyInstanceUID").asString()).isEqualTo(objects.studyUid());
    assertThat(json.at("/SeriesInstanceUID").asString()).isEmpty();
    assertThat(journal.waiting(10)).isEmpty();
  }

  @Test
  void givenAnArchiveThatIsAway_whenItReturns_thenEverythingIsDone() throws IOException {
    delete();
    Path marker = folder.resolve("archive/.store");
    Path journalFolder = folder.resolve("archive/_deletions/default");
    BlobStore away = LocalBlobStore.open("local", folder.resolve("away"));
    Files.delete(folder.resolve("away/.store"));
    Files.createDirectories(folder.resolve("away/_deletions"));
    Files.writeString(folder.resolve("away/_deletions/default"), "in the way");
    DeletedObjects failing = deletedObjects(only(away), Optional.empty(), Optional.empty());

    assertThatThrownBy(failing::workOff).isInstanceOf(IOException.class);
    assertThat(removals.waiting()).as("nothing goes before the journal").isEqualTo(10);
    deleted.workOff();

    assertThat(marker).exists();
    assertThat(files(journalFolder)).isNotEmpty();
    assertThat(removals.waiting()).isZero();
  }

  @Test
  void givenADeletedStudyWithADocument_whenHousekept_thenTheDocumentIsGone() {
    jdbc.sql(
            """
            insert into series_metadata (tenant, study_uid, series_uid, change_number, blob_id, size, base_url)
            values ('default', :study, :series, 1, 'metadata/x/y.json.gz', 1, '')
            """)
        .param("study", objects.studyUid())
        .param("series", objects.seriesUid())
        .update();

    delete();

    assertThat(count("select count(*) from series_metadata where study_uid = ?")).isZero();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() ->
            jdbc.sql("select count(*) from discarded_metadata").query(Long.class).single() == 0);
  }

  private UUID delete() {
    return deletions
        .delete(DeletionTarget.study(TENANT, objects.studyUid()), Duration.ZERO)
        .orElseThrow()
        .id();
  }

  private long count(String sql) {
    return jdbc.sql(sql).param(objects.studyUid()).query(Long.class).single();
  }

  private static List<Path> files(Path below) throws IOException {
    if (Files.notExists(below)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(below)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}
