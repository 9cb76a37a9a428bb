package org.regionalpacs.warehouse.doris;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.regionalpacs.warehouse.Warehouse;
import org.regionalpacs.warehouse.statistics.StatisticsContract;

/** The statistics of a {@link RealDoris}. */
@EnabledIfSystemProperty(named = "doris.fe", matches = ".+")
class RealDorisStatisticsTest extends StatisticsContract {
  private static DorisWarehouse warehouse;

  @BeforeAll
  static void open() throws Exception {
    RealDoris.createTables();
    warehouse = new DorisWarehouse(RealDoris.settings(), new SimpleMeterRegistry());
  }

  @AfterAll
  static void close() {
    if (warehouse != null) {
      warehouse.close();
    }
  }

  @Override
  protected Warehouse warehouse() {
    return warehouse;
  }
}
