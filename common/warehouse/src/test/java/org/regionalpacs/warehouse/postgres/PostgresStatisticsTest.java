package org.regionalpacs.warehouse.postgres;

import java.time.Clock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.regionalpacs.warehouse.Warehouse;
import org.regionalpacs.warehouse.statistics.StatisticsContract;

/** The statistics of PostgreSQL, which keeps {@code received_series} as a table. */
class PostgresStatisticsTest extends StatisticsContract {
  private static TestWarehouse test;

  @BeforeAll
  static void open() {
    test = new TestWarehouse(Clock.systemUTC());
  }

  @AfterAll
  static void close() {
    test.close();
  }

  @Override
  protected Warehouse warehouse() {
    return test.warehouse();
  }
}
