package org.regionalpacs.warehouse.doris;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.regionalpacs.warehouse.Warehouse;
import org.regionalpacs.warehouse.statistics.StatisticsContract;

/** The statistics of Doris, by its view {@code received_series}. */
class DorisStatisticsTest extends StatisticsContract {
  private static TestDoris test;

  @BeforeAll
  static void open() throws Exception {
    test = TestDoris.start();
  }

  @AfterAll
  static void close() throws Exception {
    if (test != null) {
      test.close();
    }
  }

  @Override
  protected Warehouse warehouse() {
    return test.warehouse();
  }
}
