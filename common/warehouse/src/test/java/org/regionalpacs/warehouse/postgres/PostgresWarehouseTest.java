package org.regionalpacs.warehouse.postgres;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.regionalpacs.test.Database;
import org.regionalpacs.test.RealServices;
import org.regionalpacs.warehouse.Trouble;
import org.regionalpacs.warehouse.Warehouse;
import org.regionalpacs.warehouse.WarehouseContract;
import org.regionalpacs.warehouse.Way;

class PostgresWarehouseTest extends WarehouseContract {
  private static final Duration DEADLINE = Duration.ofSeconds(4);

  private static Way way;
  private static PostgresWarehouse warehouse;

  @BeforeAll
  static void open() throws Exception {
    Database database = RealServices.postgres();
    way = new Way(URI.create(database.url().substring("jdbc:".length())).getPort());
    String url = database.url().replaceFirst("//[^/]+/", "//127.0.0.1:" + way.port() + "/");
    warehouse =
        new PostgresWarehouse(
            new DatabaseAddress(url, database.user(), database.password()),
            new PostgresWarehouseProperties("", "", "", 10, DEADLINE, Duration.ofDays(30)),
            Clock.systemUTC());
  }

  @AfterAll
  static void close() throws Exception {
    warehouse.close();
    way.close();
  }

  @Override
  protected Warehouse warehouse() {
    return warehouse;
  }

  @Override
  protected Duration deadline() {
    return DEADLINE;
  }

  @Override
  protected void begin(Trouble trouble) throws Exception {
    way.begin(trouble);
  }

  @Override
  protected void end() throws Exception {
    way.end();
  }
}
