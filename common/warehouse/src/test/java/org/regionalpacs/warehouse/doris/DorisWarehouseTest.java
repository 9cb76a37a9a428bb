package org.regionalpacs.warehouse.doris;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.regionalpacs.test.doris.FakeDoris;
import org.regionalpacs.warehouse.Batch;
import org.regionalpacs.warehouse.SampleRows;
import org.regionalpacs.warehouse.Trouble;
import org.regionalpacs.warehouse.Warehouse;
import org.regionalpacs.warehouse.WarehouseContract;
import org.regionalpacs.warehouse.WarehouseTable;
import org.regionalpacs.warehouse.Way;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/** The contract on a fake Doris, with a MariaDB for its queries. */
class DorisWarehouseTest extends WarehouseContract {
  private static final Duration DEADLINE = Duration.ofSeconds(6);
  private static FakeDoris doris;
  private static Way frontend;
  private static Way backend;
  private static Way queries;
  private static DorisProperties settings;
  private static SimpleMeterRegistry meters;
  private static DorisWarehouse warehouse;
  private static DorisWarehouse hurried;

  @BeforeAll
  static void start() throws Exception {
    doris = TestDoris.fake();
    frontend = new Way(doris.frontend().getPort());
    backend = new Way(doris.backendPort());
    queries = new Way(doris.queryPort().get());
    doris.sendOnTo(backend.port());
    URI address = URI.create("http://127.0.0.1:" + frontend.port());
    settings = TestDoris.settings(address, queries.port(), DEADLINE, Duration.ofSeconds(2));
    meters = new SimpleMeterRegistry();
    warehouse = new DorisWarehouse(TestDoris.settings(address, queries.port()), meters);
    hurried = new DorisWarehouse(settings, new SimpleMeterRegistry());
  }

  @AfterAll
  static void stop() throws Exception {
    if (hurried != null) {
      warehouse.close();
      hurried.close();
      frontend.close();
      backend.close();
      queries.close();
      doris.close();
    }
  }

  @Override
  protected Warehouse warehouse() {
    return warehouse;
  }

  @Override
  protected Warehouse hurried() {
    return hurried;
  }

  @Override
  protected Duration deadline() {
    return DEADLINE;
  }

  @Override
  protected void begin(Trouble trouble) throws Exception {
    frontend.begin(trouble);
    backend.begin(trouble);
    queries.begin(trouble);
  }

  @Override
  protected void end() throws Exception {
    frontend.end();
    backend.end();
    queries.end();
  }

  @Test
  void givenQueriesDown_whenHealthIsAsked_thenItIsDegradedAndUpAgainLater() throws Exception {
    DorisHealthIndicator health = new DorisHealthIndicator(hurried, settings);
    await().until(() -> health.health().getStatus().equals(Status.UP));

    begin(Trouble.DOWN);
    Health down;
    try {
      down = health.health();
    } finally {
      end();
    }

    assertThat(down.getStatus()).isEqualTo(new Status("DEGRADED"));
    assertThat(down.getDetails().toString())
        .contains(settings.frontends().getFirst().toString())
        .doesNotContain(FakeDoris.PASSWORD);
    await().until(() -> health.health().getStatus().equals(Status.UP));
  }

  @Test
  void givenALoad_whenMade_thenItIsTimedByItsOutcome() throws Exception {
    Batch batch =
        new Batch(
            WarehouseTable.WADO_ACCESS_LOG,
            "test-" + UUID.randomUUID(),
            List.of(SampleRows.access("timed", "read", 1)));
    long before = timed("before");

    warehouse.load(batch);
    warehouse.load(batch);

    assertThat(timed("new")).isPositive();
    assertThat(timed("before")).isEqualTo(before + 1);
  }

  private static long timed(String outcome) {
    return meters
        .timer("pacs.warehouse.loads", "table", "wado_access_log", "outcome", outcome)
        .count();
  }
}
