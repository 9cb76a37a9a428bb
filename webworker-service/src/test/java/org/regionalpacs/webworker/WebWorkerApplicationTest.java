package org.regionalpacs.webworker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.index.IndexWriter;
import org.regionalpacs.index.LocationWriter;
import org.regionalpacs.index.StorageTier;
import org.regionalpacs.index.StorageTiers;
import org.regionalpacs.metadata.OnlineNode;
import org.regionalpacs.metadata.SeriesMetadataService;
import org.regionalpacs.test.IntegrationTest;
import org.regionalpacs.test.SampleObjects;
import org.regionalpacs.warehouse.Batch;
import org.regionalpacs.warehouse.Row;
import org.regionalpacs.warehouse.Warehouse;
import org.regionalpacs.warehouse.WarehouseException;
import org.regionalpacs.warehouse.WarehouseQuery;
import org.regionalpacs.warehouse.WarehouseTable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.json.JsonMapper;

@IntegrationTest
@DirtiesContext
@TestPropertySource(
    properties = {
      "spring.config.name=" + WebWorkerApplication.CONFIG_NAME,
      "pacs.metadata.quiet=2s",
      "pacs.metadata.retry=1s",
      "pacs.metadata.retry-max=2s",
      "pacs.metadata.keep-old=1s",
      "pacs.metadata.housekeeping=500ms",
      "pacs.warehouse.upkeep.delay=0s",
      "pacs.warehouse.upkeep.interval=1s",
      "pacs.warehouse.upkeep.retry=1s",
      "pacs.warehouse.retention.wado-access-log=2y"
    })
class WebWorkerApplicationTest {
  private static final String BASE = "http://127.0.0.1:8080/dicom-web";
  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir static Path folder;

  @Autowired IndexWriter index;
  @Autowired LocationWriter locations;
  @Autowired SeriesMetadataService service;
  @Autowired StorageTiers tiers;
  @Autowired JdbcClient jdbc;
  @Autowired Warehouse warehouse;
  @LocalServerPort int port;

  private final SampleObjects objects = SampleObjects.newStudy();
  private OnlineNode node;

  @DynamicPropertySource
  static void folders(DynamicPropertyRegistry properties) {
    properties.add("pacs.online.root", () -> folder.resolve("online"));
    properties.add("pacs.archive.root", () -> folder.resolve("archive"));
    properties.add("pacs.derived.root", () -> folder.resolve("derived"));
  }

  @BeforeEach
  void node() {
    node = new OnlineNode(folder.resolve("online"), index, locations);
  }

  @Test
  void givenFourIndexersOfOneStudy_whenTheyEnd_thenItsCountsAreRightWithinSeconds()
      throws Exception {
    List<Duration> took = new ArrayList<>();
    // The machine may be busy with something else for a while.
    while (took.size() < 4 && took.stream().noneMatch(it -> it.toMillis() < 10_000)) {
      took.add(untilCounted(SampleObjects.newStudy()));
    }
    assertThat(took.getLast()).as("%s", took).isLessThan(Duration.ofSeconds(10));
  }

  /** From the end of four indexers to the right counts of their study. */
  private Duration untilCounted(SampleObjects objects) throws Exception {
    SampleObjects other = objects.newSeries();
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<?>> done = new ArrayList<>();
      for (int thread = 0; thread < 4; thread++) {
        SampleObjects series = thread % 2 == 0 ? objects : other;
        done.add(
            threads.submit(() -> node.receive(series, IntStream.rangeClosed(1, 25).toArray())));
      }
      for (Future<?> each : done) {
        each.get();
      }
    }
    Instant start = Instant.now();
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(50))
        .untilAsserted(() -> {
          Map<String, Object> study =
              jdbc.sql(
                      "select series_count, instance_count, modalities from study"
                          + " where study_uid = :study")
                  .param("study", objects.studyUid())
                  .query()
                  .singleRow();
          assertThat(study.get("series_count")).isEqualTo(2);
          assertThat(study.get("instance_count")).isEqualTo(100);
          assertThat(study.get("modalities").toString()).isEqualTo("{CT}");
        });
    return Duration.between(start, Instant.now());
  }

  @Test
  void givenAQuietSeries_whenNobodyAsked_thenItsDocumentIsThereAndFollowsChanges() {
    node.receive(objects, 1, 2, 3);
    long first = awaitDocument(1);
    node.receive(objects, 4);
    long second = awaitDocument(first + 1);
    assertThat(second).isGreaterThan(first);
    // The older blob goes when its time is up.
    await()
        .atMost(SOON)
        .ignoreExceptionsInstanceOf(UncheckedIOException.class) // of a file that goes just now
        .untilAsserted(() -> {
          assertThat(blobs()).hasSize(1);
          assertThat(claims()).isZero();
        });
  }

  @Test
  void givenAFileThatIsAway_whenItIsBack_thenTheDocumentIsMadeWholeByItself() throws IOException {
    Path file = node.receive(objects.image(1));
    Path aside = file.resolveSibling("aside");
    Files.move(file, aside);
    SampleObjects good = SampleObjects.newStudy();
    node.receive(good, 1);
    await().atMost(SOON).until(() -> document(good).isPresent());
    await().atMost(SOON).until(() -> complete().equals(Optional.of(false)));

    Files.move(aside, file);
    await().atMost(SOON).until(() -> complete().equals(Optional.of(true)));
    assertThat(text()).contains(objects.patientId());
  }

  @Test
  void givenObjects_whenTheyAreStored_thenWhereTheyAreIsCountedSoon() {
    node.receive(objects, 1, 2, 3);
    long placed =
        jdbc.sql("select count(*) from location where tenant = ?")
            .param(OnlineNode.TENANT)
            .query(Long.class)
            .single();

    await()
        .atMost(SOON)
        .until(() ->
            tiers.of(OnlineNode.TENANT).tiers().stream()
                    .filter(tier -> !tier.store().equals(StorageTier.DERIVED))
                    .mapToLong(StorageTier::objects)
                    .sum()
                == placed);
  }

  @Test
  void
      givenRowsOfLongAgo_whenTheWarehouseIsLookedAfter_thenThoseThatAreNotKeptGoWithTheirPartition()
          throws Exception {
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    for (LocalDate day : List.of(today, today.minusMonths(20), today.minusMonths(30))) {
      load(access(day));
      load(image(day));
    }

    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(days("wado_access_log", "day"))
                .containsExactly(today.minusMonths(20), today));
    assertThat(partitions("wado_access_log"))
        .doesNotContain(partition("wado_access_log", today.minusMonths(30)))
        .contains(
            partition("wado_access_log", today.minusMonths(20)),
            partition("wado_access_log", today.plusMonths(1)));
    assertThat(days("dicom_image_meta", "received_day")).hasSize(3);
    assertThat(
            new JsonMapper()
                .readTree(get("/actuator/health").body())
                .at("/components/warehouseUpkeep/status")
                .asString())
        .isEqualTo("UP");
  }

  private Row access(LocalDate day) {
    return Row.of(WarehouseTable.WADO_ACCESS_LOG)
        .set("day", day)
        .set("event_id", UUID.randomUUID().toString())
        .set("time", Instant.now())
        .set("status", 200)
        .set("bytes", 1L)
        .set("millis", 1L);
  }

  private Row image(LocalDate day) {
    return Row.of(WarehouseTable.DICOM_IMAGE_META)
        .set("received_day", day)
        .set("sop_uid", UUID.randomUUID().toString())
        .set("size", 1L)
        .set("received", Instant.now())
        .set("indexed", Instant.now());
  }

  private void load(Row row) throws WarehouseException {
    warehouse.load(new Batch(row.table(), UUID.randomUUID().toString(), List.of(row)));
  }

  private List<Object> days(String table, String column) throws WarehouseException {
    String sql = "select %s from {%s} order by 1".formatted(column, table);
    return warehouse.query(new WarehouseQuery(sql, List.of(), 10), List::getFirst);
  }

  private static String partition(String table, LocalDate day) {
    return "warehouse.%s_%04d_%02d".formatted(table, day.getYear(), day.getMonthValue());
  }

  private List<String> partitions(String table) {
    return jdbc.sql(
            """
            select inhrelid::regclass::text from pg_inherits
             where inhparent = ('warehouse.' || :table)::regclass
            """)
        .param("table", table)
        .query(String.class)
        .list();
  }

  @Test
  void healthAndMetricsAreServed() throws Exception {
    node.receive(objects, 1);
    awaitDocument(1);
    HttpResponse<String> health = get("/actuator/health");
    assertThat(health.statusCode()).isEqualTo(200);
    assertThat(new JsonMapper().readTree(health.body()).at("/components/jobs/details/counting"))
        .hasToString("\"ok\"");
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(get("/actuator/prometheus").body())
                .contains("pacs_metadata_backlog")
                .contains("pacs_metadata_generate_seconds_count{outcome=\"BUILT\"")
                .contains("pacs_counts_series_total")
                .contains("pacs_storage_counting_seconds_count"));
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + port + path);
      return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  private long awaitDocument(long atLeast) {
    await().atMost(SOON).until(() -> document(objects).orElse(0L) >= atLeast);
    return document(objects).orElseThrow();
  }

  private Optional<Long> document(SampleObjects of) {
    return jdbc.sql(
            """
            select m.change_number from series_metadata m
              join series s using (tenant, study_uid, series_uid)
             where study_uid = :study and s.change_number = s.metadata_number
            """)
        .param("study", of.studyUid())
        .query(Long.class)
        .optional();
  }

  private Optional<Boolean> complete() {
    return jdbc.sql("select complete from series_metadata where study_uid = :study")
        .param("study", objects.studyUid())
        .query(Boolean.class)
        .optional();
  }

  private long claims() {
    return jdbc.sql("select count(*) from series_metadata_claim where study_uid = :study")
        .param("study", objects.studyUid())
        .query(Long.class)
        .single();
  }

  private List<Path> blobs() throws IOException {
    try (var files = Files.walk(folder.resolve("derived"))) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> file.toString().contains(objects.studyUid()))
          .toList();
    }
  }

  private String text() throws IOException {
    try (InputStream json =
        service
            .open(OnlineNode.TENANT, objects.studyUid(), objects.seriesUid(), BASE)
            .orElseThrow()
            .json()) {
      return new String(json.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
