package org.regionalpacs.warehouse.doris;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.regionalpacs.warehouse.Batch;
import org.regionalpacs.warehouse.RetentionProperties;
import org.regionalpacs.warehouse.Row;
import org.regionalpacs.warehouse.SampleRows;
import org.regionalpacs.warehouse.Trouble;
import org.regionalpacs.warehouse.Warehouse;
import org.regionalpacs.warehouse.WarehouseContract;
import org.regionalpacs.warehouse.WarehouseQuery;
import org.regionalpacs.warehouse.Way;

/**
 * The contract on a {@link RealDoris}. Trouble is between here and the frontend only, as the
 * frontend names its backends itself.
 */
@EnabledIfSystemProperty(named = "doris.fe", matches = ".+")
class RealDorisTest extends WarehouseContract {
  private static Way frontend;
  private static Way queries;
  private static DorisWarehouse warehouse;

  @BeforeAll
  static void start() throws Exception {
    RealDoris.createTables();
    frontend = new Way(RealDoris.FRONTEND.getHost(), RealDoris.FRONTEND.getPort());
    queries = new Way(RealDoris.FRONTEND.getHost(), RealDoris.QUERY_PORT);
    warehouse =
        new DorisWarehouse(
            RealDoris.settings(URI.create("http://127.0.0.1:" + frontend.port()), queries.port()),
            new SimpleMeterRegistry());
  }

  @AfterAll
  static void stop() throws Exception {
    if (warehouse != null) {
      warehouse.close();
      frontend.close();
      queries.close();
    }
  }

  @Override
  protected Warehouse warehouse() {
    return warehouse;
  }

  @Override
  protected Duration deadline() {
    return Duration.ofSeconds(20);
  }

  @Override
  protected void begin(Trouble trouble) throws Exception {
    // Rows go past these ways, to the backend: what breaks in a batch would break nothing.
    Trouble here = trouble == Trouble.BREAKS_IN_A_BATCH ? Trouble.DOWN : trouble;
    frontend.begin(here);
    queries.begin(here);
  }

  @Override
  protected void end() throws Exception {
    frontend.end();
    queries.end();
  }

  @Test
  void givenARealDoris_whenAsked_thenItAnswers() {
    assertThat(warehouse.answers()).isTrue();
  }

  @Test
  void givenADayOfLongAgo_whenLookedAfter_thenItGoesAndTheOthersStay() throws Exception {
    LocalDate old = LocalDate.of(1990, 2, 28);
    RetentionProperties thirtyYears =
        new RetentionProperties(Period.ZERO, Period.ZERO, Period.ofYears(30), Period.ZERO);
    DorisUpkeep upkeep =
        new DorisUpkeep(warehouse, RealDoris.DATABASE, thirtyYears, Clock.systemUTC());
    upkeep.run();
    Row stays = SampleRows.access("upkeep", "read", 1);
    Row goes = SampleRows.access("upkeep", "read", 1).set("day", old);
    warehouse.load(new Batch(stays.table(), "test-" + UUID.randomUUID(), List.of(stays, goes)));

    assertThat(upkeep.run()).isOne();

    assertThat(upkeep.run()).isZero();
    WarehouseQuery days =
        new WarehouseQuery(
            "select distinct day from {wado_access_log} where tenant = 'upkeep'", List.of(), 10);
    assertThat(warehouse.query(days, List::getFirst)).containsExactly(stays.value("day").get());
  }
}
