package org.regionalpacs.webworker.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.index.IndexWriter;
import org.regionalpacs.index.LocationWriter;
import org.regionalpacs.metadata.OnlineNode;
import org.regionalpacs.metadata.SeriesKey;
import org.regionalpacs.metadata.SeriesMetadataService;
import org.regionalpacs.test.IntegrationTest;
import org.regionalpacs.test.SampleObjects;
import org.regionalpacs.tracing.ImageTraces;
import org.regionalpacs.webworker.WebWorkerApplication;
import org.regionalpacs.webworker.metadata.SeriesClaims.Claim;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** Several workers on one database; the one of the service itself stays out of it. */
@IntegrationTest
@DirtiesContext
@TestPropertySource(
    properties = {
      "spring.config.name=" + WebWorkerApplication.CONFIG_NAME,
      "pacs.metadata.quiet=1h",
      // A series that is being counted is passed over by who takes series.
      "pacs.counts.interval=1h"
    })
class SeriesClaimsTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @TempDir static Path folder;

  @Autowired IndexWriter index;
  @Autowired LocationWriter locations;
  @Autowired SeriesMetadataService service;
  @Autowired JdbcClient jdbc;
  @Autowired DataSource database;

  private OnlineNode node;

  @DynamicPropertySource
  static void folders(DynamicPropertyRegistry properties) {
    properties.add("pacs.online.root", () -> folder.resolve("online"));
    properties.add("pacs.archive.root", () -> folder.resolve("archive"));
    properties.add("pacs.derived.root", () -> folder.resolve("derived"));
  }

  @BeforeEach
  void nothingIsWaiting() {
    node = new OnlineNode(folder.resolve("online"), index, locations);
    jdbc.sql("update series set metadata_number = change_number").update();
    jdbc.sql("delete from series_metadata_claim").update();
  }

  @Test
  void givenTwoWorkersAtOnce_whenTheyTakeSeries_thenEveryOneIsTakenOnce() throws Exception {
    Set<SeriesKey> all = new HashSet<>();
    for (int i = 0; i < 40; i++) {
      all.add(received());
    }
    Queue<SeriesKey> taken = new ConcurrentLinkedQueue<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      Future<?> one = threads.submit(() -> takeAll(worker(SECOND.multipliedBy(60)), taken));
      Future<?> other = threads.submit(() -> takeAll(worker(SECOND.multipliedBy(60)), taken));
      one.get();
      other.get();
    }
    assertThat(taken).hasSize(40).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(all);
  }

  @Test
  void givenTwoWorkers_whenTheyWork_thenEveryDocumentIsMadeOnce_withItsFrameIndex()
      throws Exception {
    List<SeriesKey> all = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      all.add(received());
    }
    long before = documents();
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    try (ExecutorService threads = Executors.newFixedThreadPool(2);
        MetadataAhead one = ahead(meters);
        MetadataAhead other = ahead(meters)) {
      Future<?> first = threads.submit(() -> workOff(one));
      Future<?> second = threads.submit(() -> workOff(other));
      first.get();
      second.get();
      Awaitility.await().atMost(SECOND.multipliedBy(30)).until(() -> documents() == before + 20);
      Awaitility.await()
          .atMost(SECOND.multipliedBy(30))
          .until(() -> meters.get("pacs.metadata.generate").timer().count() == 20);
    }
    assertThat(meters.get("pacs.metadata.generate").timers()).hasSize(1);
    assertThat(worker(SECOND).backlog()).isZero();
    for (SeriesKey series : all) {
      assertThat(service.frames(series).orElseThrow().instances())
          .allMatch(instance -> instance.frames().isPresent());
    }
    assertThat(documents()).isEqualTo(before + 20);
    assertThat(jdbc.sql("select count(*) from discarded_metadata").query(Long.class).single())
        .isZero();
  }

  @Test
  void givenSomebodyFollowsImages_whenMoreDocumentsAreMadeThanThereAreConnections_thenNoneIsHeld()
      throws Exception {
    HikariDataSource pool = database.unwrap(HikariDataSource.class);
    int series = pool.getMaximumPoolSize() + 1;
    for (int i = 0; i < series; i++) {
      received();
    }
    EveryImage followed = new EveryImage();
    SeriesTraces traces = new SeriesTraces(followed, jdbc);
    try (MetadataAhead ahead = ahead(new SimpleMeterRegistry(), traces)) {
      ahead.workOff();
      Awaitility.await()
          .atMost(SECOND.multipliedBy(30))
          .until(() -> followed.told().equals(Collections.nCopies(series, "metadata")));
    }

    // The service's own jobs take one now and then.
    Awaitility.await()
        .atMost(SECOND.multipliedBy(30))
        .until(() -> pool.getHikariPoolMXBean().getActiveConnections() == 0);
  }

  @Test
  void givenTheIndexCannotBeAskedForTraces_whenADocumentIsMade_thenItIsNoFailure()
      throws Exception {
    received();
    JdbcClient away =
        JdbcClient.create(new DriverManagerDataSource("jdbc:postgresql://127.0.0.1:1/none"));
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    try (MetadataAhead ahead = ahead(meters, new SeriesTraces(new EveryImage(), away))) {
      ahead.workOff();
      Awaitility.await()
          .atMost(SECOND.multipliedBy(30))
          .until(() -> !meters.find("pacs.metadata.generate").timers().isEmpty());
    }

    assertThat(meters.get("pacs.metadata.generate").timers()).hasSize(1);
    assertThat(meters.find("pacs.metadata.generate").tag("outcome", "FAILED").timers()).isEmpty();
  }

  @Test
  void givenAWorkerThatCrashed_whenItsLeaseEnds_thenAnotherTakesItsSeries() {
    SeriesKey series = received();
    Duration minute = SECOND.multipliedBy(60);
    SeriesClaims crashed = worker(minute.multipliedBy(60));
    assertThat(crashed.claim(10)).hasSize(1);
    SeriesClaims other = worker(minute);
    assertThat(other.claim(10)).isEmpty();
    pass(minute.multipliedBy(50));
    crashed.renew();
    pass(minute.multipliedBy(50));
    assertThat(other.claim(10)).isEmpty();
    pass(minute.multipliedBy(11));
    assertThat(other.claim(10)).containsExactly(new Claim(series, 2));
    // The one thought dead comes back and can't spoil it.
    crashed.done(new Claim(series, 1));
    assertThat(crashed.claim(10)).isEmpty();
  }

  @Test
  void givenASeriesThatFails_whenOthersWait_thenTheyComeFirstAndItRestsLongerEachTime() {
    received();
    SeriesClaims worker = worker(SECOND.multipliedBy(600), SECOND.multipliedBy(20));
    Claim first = worker.claim(1).getFirst();
    worker.failed(first);
    SeriesKey other = received();
    assertThat(worker.claim(10)).extracting(Claim::series).containsExactly(other);
    pass(SECOND.multipliedBy(21));
    Claim second = worker.claim(10).getFirst();
    assertThat(second).isEqualTo(new Claim(first.series(), 2));
    worker.failed(second);
    pass(SECOND.multipliedBy(21));
    assertThat(worker.claim(10)).isEmpty();
    pass(SECOND.multipliedBy(20));
    assertThat(worker.claim(10)).containsExactly(new Claim(first.series(), 3));
  }

  @Test
  void givenAWorkerThatStops_whenItGaveBack_thenOthersTakeUpAtOnce() {
    received();
    SeriesClaims stopping = worker(SECOND.multipliedBy(60));
    assertThat(stopping.claim(10)).hasSize(1);
    stopping.giveBack();
    assertThat(worker(SECOND).claim(10)).hasSize(1);
  }

  @Test
  void givenManySeries_whenOneWaits_thenItIsFoundByIndex() {
    received();
    jdbc.sql(
            """
            insert into series (tenant, study_uid, series_uid, modality, series_date, series_time,
                                description, attributes, reception_id, change_number,
                                metadata_number, changed)
            select 'many', '1', n::text, 'CT', '', '', '', '{}', gen_random_uuid(), 1, 1,
                   now() - interval '1 day'
              from generate_series(1, 20000) n
            """)
        .update();
    jdbc.sql("analyze series").update();
    jdbc.sql("analyze series_metadata_claim").update();
    List<String> plan =
        jdbc.sql("explain " + SeriesClaims.CLAIM)
            .param("worker", UUID.randomUUID())
            .param("lease", 60.0)
            .param("quiet", 0.0)
            .param("limit", 2)
            .query(String.class)
            .list();
    assertThat(String.join("\n", plan))
        .contains("series_without_metadata")
        .doesNotContain("Seq Scan on series s");
  }

  private SeriesKey received() {
    SampleObjects objects = SampleObjects.newStudy();
    node.receive(objects, 1);
    return OnlineNode.key(objects);
  }

  /** A turn in which the other one took all that this one saw gives nothing. */
  private static void takeAll(SeriesClaims worker, Queue<SeriesKey> taken) {
    int emptyTurns = 0;
    while (emptyTurns < 5) {
      List<Claim> claims = worker.claim(3);
      claims.forEach(claim -> taken.add(claim.series()));
      emptyTurns = claims.isEmpty() ? emptyTurns + 1 : 0;
    }
  }

  private MetadataAhead ahead(SimpleMeterRegistry meters) {
    return ahead(meters, new SeriesTraces(ImageTraces.NONE, jdbc));
  }

  private MetadataAhead ahead(SimpleMeterRegistry meters, SeriesTraces traces) {
    return new MetadataAhead(worker(SECOND.multipliedBy(60)), service, meters, traces, 2);
  }

  private static Void workOff(MetadataAhead ahead) throws InterruptedException {
    ahead.workOff();
    return null;
  }

  private long documents() {
    return jdbc.sql("select count(*) from series_metadata").query(Long.class).single();
  }

  /** Moves every claim back instead of waiting. */
  private void pass(Duration time) {
    jdbc.sql("update series_metadata_claim set until = until - make_interval(secs => :time)")
        .param("time", time.toSeconds())
        .update();
  }

  private SeriesClaims worker(Duration lease) {
    return worker(lease, Duration.ofMillis(200));
  }

  private SeriesClaims worker(Duration lease, Duration retry) {
    Duration soon = Duration.ofMillis(200);
    return new SeriesClaims(
        jdbc,
        new MetadataAheadProperties(
            Duration.ZERO, soon, 2, lease, retry, Duration.ofMinutes(1), soon, soon));
  }
}
