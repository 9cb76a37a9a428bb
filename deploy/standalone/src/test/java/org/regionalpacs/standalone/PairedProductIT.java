package org.regionalpacs.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.dicom.io.DicomInputStream;
import org.regionalpacs.messages.ConsumerLag;
import org.regionalpacs.test.ExternalTool;
import tools.jackson.databind.JsonNode;

/**
 * Two of each service at once, each pair on a host with an online folder of its own: they share the
 * work, none of it is done twice, and any of them may be killed.
 */
@Tag("alone")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PairedProductIT {
  /**
   * Longer than what a killed consumer had claimed of the parked records stays its own (15 min).
   */
  private static final Duration SOON = Duration.ofMinutes(17);

  private static final int SERIES = 2;
  private static final int IMAGES = 4;

  @TempDir static Path home;
  private static PairedProduct product;
  private static final List<CtStudy> STUDIES = new ArrayList<>();

  @BeforeAll
  static void up() throws Exception {
    ExternalTool.named("storescu");
    product = PairedProduct.up(home);
  }

  @AfterAll
  static void down() throws Exception {
    if (product != null) {
      product.close();
    }
  }

  private static CtStudy write(String name) throws IOException {
    return CtStudy.write(home.resolve(name), SERIES, IMAGES);
  }

  /** By DCMTK; whether all of it was taken. */
  private static boolean send(Path folder, String host) {
    return ExternalTool.named("storescu")
            .run("-aec", "REGIONAL_PACS", "+sd", "+r", "127.0.0.1", product.dicomPort(host), folder)
            .code()
        == 0;
  }

  private static int instances() {
    return STUDIES.stream().mapToInt(study -> study.digests().size()).sum();
  }

  @Test
  @Order(1)
  void givenImagesAtBothHosts_whenProcessed_thenBothConsumersShareThem_andEachIsDoneOnce()
      throws Exception {
    for (int i = 0; i < 12; i++) {
      CtStudy study = write("shared" + i);
      STUDIES.add(study);
      if (i % 3 == 2) {
        // One study at both hosts, a series each.
        assertThat(send(study.seriesFolders().get(0), "a")).isTrue();
        assertThat(send(study.seriesFolders().get(1), "b")).isTrue();
      } else {
        assertThat(send(home.resolve("shared" + i), i % 3 == 0 ? "a" : "b")).isTrue();
      }
    }

    awaitAllIsDone();

    for (String metric : List.of("pacs_indexed_instances_total", "pacs_archived_objects_total")) {
      long a = product.metric("consumer", "a", metric, "");
      long b = product.metric("consumer", "b", metric, "");
      assertThat(a).as(metric).isPositive();
      assertThat(b).as(metric).isPositive();
      assertThat(a + b).as(metric).isEqualTo(instances());
    }
    assertThat(product.archive().storage(0).files()).hasSize(instances());
    for (String host : List.of("a", "b")) {
      assertThat(product.metric("consumer", host, "pacs_peer_reads_total", "outcome=\"found\""))
          .as("files that consumer " + host + " read from the other host")
          .isPositive();
    }
  }

  @Test
  @Order(2)
  void givenSeriesOfBothHosts_whenPrepared_thenTheWebWorkersShareThem_andBothWadosReadThem()
      throws Exception {
    await()
        .atMost(SOON)
        .until(() -> {
          if (built("a") > 0 && built("b") > 0) {
            return true;
          }
          // Who is quicker takes more: both have their turn sooner or later.
          CtStudy study = write("more" + STUDIES.size());
          STUDIES.add(study);
          assertThat(send(study.seriesFolders().getFirst().getParent(), "a")).isTrue();
          awaitAllIsDone();
          return false;
        });
    awaitPrepared();

    // A series that rests while it arrives is built again, as another version; no version is twice.
    await()
        .atMost(SOON)
        .untilAsserted(() -> {
          List<String> made =
              column(
                  """
                  select blob_id from series_metadata
                   union all select blob_id from discarded_metadata
                  """);
          assertThat(built("a") + built("b")).isEqualTo(made.size());
          assertThat(made.stream().map(id -> id.substring(36).replaceFirst("-[^/]*$", "")))
              .hasSizeGreaterThanOrEqualTo(STUDIES.size() * SERIES)
              .doesNotHaveDuplicates();
        });
    for (CtStudy study : STUDIES) {
      String path = "/studies/" + study.studyUid() + "/metadata";
      JsonNode metadata = product.web("a").json(path);
      assertThat(metadata).hasSize(SERIES * IMAGES);
    }
    String rows = "select blob_id from series_metadata order by 1";
    List<String> documents = column(rows);
    readAll("a");
    readAll("b");
    for (CtStudy study : STUDIES) {
      assertThat(product.web("b").json("/studies/" + study.studyUid() + "/metadata"))
          .hasSize(SERIES * IMAGES);
    }
    assertThat(column(rows)).as("no document was made again for a reader").isEqualTo(documents);
    assertThat(documents.stream().map(id -> id.substring(0, 36)).distinct())
        .as("of both hosts")
        .hasSize(2);
  }

  private static long built(String host) throws IOException {
    return product.metric(
        "webworker", host, "pacs_metadata_generate_seconds_count", "outcome=\"BUILT\"");
  }

  @Test
  @Order(3)
  void givenAHostThatReceivesNoMore_whenRead_thenTheArchiveHelps_orTheReaderIsToldToComeAgain()
      throws Exception {
    product.archive().tracker(0).kill();
    CtStudy online;
    boolean away = true;
    boolean killed = false;
    try {
      online = write("online");
      assertThat(send(home.resolve("online"), "b")).isTrue();
      await().atMost(SOON).until(() -> objects("a", online).size() == SERIES * IMAGES);
      assertThat(digestsOf("a", online)).containsExactlyInAnyOrderElementsOf(online.digests());

      killed = true;
      product.kill(List.of("storescp-b"));
      String missing = objects("a", online).getFirst();
      await()
          .atMost(SOON)
          .untilAsserted(() -> {
            var answer = product.web("a").get(missing, "Accept", "application/dicom");
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
          });

      // What the alarm OtherNodeAway looks at.
      assertThat(product.metric("wado", "a", "pacs_peer_reads_total", "outcome=\"failed\""))
          .isPositive();
      product.archive().tracker(0).restart();
      away = false;
      await().atMost(SOON).untilAsserted(() -> readAll("a"));
    } finally {
      if (away) {
        product.archive().tracker(0).restart();
      }
      if (killed) {
        product.startAgain(List.of("storescp-b"));
      }
    }
    STUDIES.add(online);
    awaitAllIsDone();
    assertThat(digestsOf("a", online)).containsExactlyInAnyOrderElementsOf(online.digests());
  }

  @Test
  @Order(4)
  void givenAnyServiceIsKilledWhileImagesCome_thenNoneIsLost_noneIsTwice_andBothReadAll()
      throws Exception {
    AtomicBoolean enough = new AtomicBoolean();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<CtStudy>>> senders = new ArrayList<>();
      for (String host : List.of("a", "b")) {
        senders.add(threads.submit(() -> keepSending(host, enough)));
      }
      try {
        for (List<String> victims :
            List.of(
                List.of("consumer-a", "webworker-b"),
                List.of("storescp-a", "wado-b"),
                List.of("consumer-b", "webworker-a"),
                List.of("storescp-b", "wado-a"))) {
          product.kill(victims);
          Thread.sleep(
              Duration.ofSeconds(2)); // what they should have done piles up, or others do it
          product.startAgain(victims);
        }
      } finally {
        enough.set(true);
      }
      for (Future<List<CtStudy>> sender : senders) {
        STUDIES.addAll(sender.get());
      }
    }

    awaitAllIsDone();
    awaitPrepared();

    readAll("a");
    readAll("b");
    assertThat(column("select count(*)::text from superseded_instance")).containsExactly("0");
    // What couldn't be read while its node was away is tried again with growing pauses.
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(column("select count(*)::text from parked_record")).containsExactly("0"));
    assertThat(column("select count(*)::text from conflict")).containsExactly("0");
    assertThat(
            column(
                """
                select count(*)::text from (
                  select 1 from location where store = 'fastdfs' and not derived
                   group by tenant, reception_id having count(*) > 1) twice
                """))
        .containsExactly("0");
  }

  /** A study after the other, each until it is taken as a whole, as modalities do. */
  private static List<CtStudy> keepSending(String host, AtomicBoolean enough) throws Exception {
    List<CtStudy> sent = new ArrayList<>();
    for (int i = 0; !enough.get(); i++) {
      String name = "killed-" + host + i;
      CtStudy study = write(name);
      await()
          .atMost(SOON)
          .pollInterval(Duration.ofMillis(500))
          .until(() -> send(home.resolve(name), host));
      sent.add(study);
    }
    return sent;
  }

  /** Every record is processed, every object searchable, archived and counted. */
  private static void awaitAllIsDone() {
    String expected = String.valueOf(instances());
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(500))
        .ignoreExceptions()
        .untilAsserted(() -> {
          assertThat(column("select count(*)::text from instance")).containsExactly(expected);
          assertThat(
                  column(
                      """
                      select count(distinct reception_id)::text from location
                       where store = 'fastdfs' and state = 'available' and not derived
                      """))
              .containsExactly(expected);
          assertThat(column("select sum(instance_count)::text from study"))
              .containsExactly(expected);
          try (ConsumerLag lag = new ConsumerLag(product.kafka())) {
            assertThat(lag.byGroupAndTopic().values()).allMatch(each -> each == 0);
          }
        });
  }

  private static void awaitPrepared() {
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(
                    column(
                        "select count(*)::text from series where metadata_number = change_number"))
                .containsExactly(String.valueOf(STUDIES.size() * SERIES)));
  }

  /** Every object of every study, from one host, byte for byte. */
  private static void readAll(String host) throws Exception {
    for (CtStudy study : STUDIES) {
      assertThat(digestsOf(host, study))
          .as("study " + study.studyUid() + " from host " + host)
          .containsExactlyInAnyOrderElementsOf(study.digests());
    }
  }

  private static List<String> objects(String host, CtStudy study) throws Exception {
    JsonNode found = product.web(host).json("/studies/" + study.studyUid() + "/instances");
    return found
        .valueStream()
        .map(each ->
            "/studies/%s/series/%s/instances/%s"
                .formatted(
                    study.studyUid(),
                    each.at("/0020000E/Value/0").asString(),
                    each.at("/00080018/Value/0").asString()))
        .toList();
  }

  private static List<String> digestsOf(String host, CtStudy study) throws Exception {
    List<String> digests = new ArrayList<>();
    for (String path : objects(host, study)) {
      var answer = product.web(host).get(path, "Accept", "application/dicom; transfer-syntax=*");
      assertThat(answer.statusCode()).as(path).isEqualTo(200);
      byte[] part10 = answer.body();
      try (DicomInputStream in = DicomInputStream.ofPart10(new ByteArrayInputStream(part10))) {
        int offset = (int) in.dataSetOffset();
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        sha256.update(part10, offset, part10.length - offset);
        digests.add(HexFormat.of().formatHex(sha256.digest()));
      }
    }
    return digests;
  }

  private static List<String> column(String sql) throws Exception {
    List<String> values = new ArrayList<>();
    try (Connection connection = product.database();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }

  @Test
  @Order(5)
  void givenTwoHosts_thenNeitherHasAFileOfTheOther() throws Exception {
    long files = 0;
    for (String host : List.of("a", "b")) {
      try (Stream<Path> all = Files.walk(home.resolve("host-" + host + "/online/default"))) {
        long here = all.filter(each -> each.toString().endsWith(".dcm")).count();
        assertThat(here).isPositive();
        files += here;
      }
    }
    assertThat(files).isEqualTo(instances());
  }
}
