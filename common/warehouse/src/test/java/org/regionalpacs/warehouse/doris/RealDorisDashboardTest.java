package org.regionalpacs.warehouse.doris;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.regionalpacs.warehouse.Dashboard;
import org.regionalpacs.warehouse.DashboardContract;
import org.regionalpacs.warehouse.Warehouse;

/** The dashboard for Doris on a {@link RealDoris}. */
@EnabledIfSystemProperty(named = "doris.fe", matches = ".+")
class RealDorisDashboardTest extends DashboardContract {
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
  protected String file() {
    return "dashboard-doris.json";
  }

  @Override
  protected Warehouse warehouse() {
    return warehouse;
  }

  @Override
  protected Connection connect() throws Exception {
    Connection connection = RealDoris.connect(RealDoris.DATABASE);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET time_zone = '+00:00'");
    }
    return connection;
  }

  @Override
  protected Dashboard.Moments moments() {
    return moment -> "FROM_UNIXTIME(" + moment.getEpochSecond() + ")";
  }
}
