package org.regionalpacs.warehouse.doris;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.regionalpacs.warehouse.Trouble;
import org.regionalpacs.warehouse.Warehouse;
import org.regionalpacs.warehouse.WarehouseContract;
import org.regionalpacs.warehouse.WarehouseTable;
import org.regionalpacs.warehouse.Way;

/**
 * The contract on a real Doris: {@code -Ddoris.fe=http://host:8030}, and where they aren't 9030,
 * root and empty {@code -Ddoris.queryPort -Ddoris.user -Ddoris.password}. It makes the database
 * {@code pacs_contract} with the real DDL, and leaves it. Trouble is between here and the frontend
 * only, as the frontend names its backends itself.
 */
@EnabledIfSystemProperty(named = "doris.fe", matches = ".+")
class RealDorisTest extends WarehouseContract {
  private static final String DATABASE = "pacs_contract";
  private static final URI FRONTEND = URI.create(System.getProperty("doris.fe", "http://none"));
  private static final int QUERY_PORT = Integer.getInteger("doris.queryPort", 9030);
  private static final String USER = System.getProperty("doris.user", "root");
  private static final String PASSWORD = System.getProperty("doris.password", "");

  private static Way frontend;
  private static Way queries;
  private static DorisWarehouse warehouse;

  @BeforeAll
  static void start() throws Exception {
    createTables();
    frontend = new Way(FRONTEND.getHost(), FRONTEND.getPort());
    queries = new Way(FRONTEND.getHost(), QUERY_PORT);
    warehouse =
        new DorisWarehouse(
            new DorisProperties(
                List.of(URI.create("http://127.0.0.1:" + frontend.port())),
                queries.port(),
                DATABASE,
                USER,
                PASSWORD,
                Duration.ofSeconds(3),
                Duration.ofSeconds(20),
                Duration.ofSeconds(20),
                Duration.ofSeconds(10),
                4,
                Duration.ofSeconds(1),
                true),
            new SimpleMeterRegistry());
  }

  private static void createTables() throws Exception {
    String at = "jdbc:mariadb://" + FRONTEND.getHost() + ":" + QUERY_PORT + "/";
    try (Connection connection = DriverManager.getConnection(at, USER, PASSWORD);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE IF NOT EXISTS " + DATABASE);
      statement.execute("USE " + DATABASE);
      for (WarehouseTable table : WarehouseTable.values()) {
        statement.execute(DorisDdl.of(table, 1));
      }
    }
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
}
