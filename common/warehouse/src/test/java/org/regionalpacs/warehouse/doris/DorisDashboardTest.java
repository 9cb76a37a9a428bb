package org.regionalpacs.warehouse.doris;

import java.sql.Connection;
import java.sql.DriverManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.regionalpacs.test.doris.FakeDoris;
import org.regionalpacs.warehouse.Dashboard;
import org.regionalpacs.warehouse.DashboardContract;
import org.regionalpacs.warehouse.Warehouse;

/** The dashboard for Doris, by MySQL's protocol. */
class DorisDashboardTest extends DashboardContract {
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
  protected String file() {
    return "dashboard-doris.json";
  }

  @Override
  protected Warehouse warehouse() {
    return test.warehouse();
  }

  @Override
  protected Connection connect() throws Exception {
    return DriverManager.getConnection(
        "jdbc:mariadb://127.0.0.1:%d/%s?sessionVariables=time_zone='+00:00'"
            .formatted(test.doris().queryPort().orElseThrow(), FakeDoris.DATABASE),
        FakeDoris.USER,
        "");
  }

  @Override
  protected Dashboard.Moments moments() {
    return moment -> "FROM_UNIXTIME(" + moment.getEpochSecond() + ")";
  }
}
