package org.regionalpacs.warehouse.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.regionalpacs.test.Database;
import org.regionalpacs.test.RealServices;
import org.regionalpacs.warehouse.Trouble;
import org.regionalpacs.warehouse.Warehouse;
import org.regionalpacs.warehouse.WarehouseContract;
import org.regionalpacs.warehouse.WarehouseQuery;
import org.regionalpacs.warehouse.WarehouseUnavailableException;
import org.regionalpacs.warehouse.Way;

class PostgresWarehouseTest extends WarehouseContract {
  private static final Duration DEADLINE = Duration.ofSeconds(4);

  private static Way way;
  private static PostgresWarehouse warehouse;
  private static PostgresWarehouse hurried;

  @BeforeAll
  static void open() throws Exception {
    Database database = RealServices.postgres();
    way = new Way(URI.create(database.url().substring("jdbc:".length())).getPort());
    warehouse = open(database, Duration.ofMinutes(1));
    // Making the schema takes longer than the short deadline where much else goes on.
    warehouse.query(new WarehouseQuery("select 1", List.of(), 1), List::getFirst);
    hurried = open(database, DEADLINE);
  }

  /** By the way there. */
  private static PostgresWarehouse open(Database database, Duration deadline) {
    String url = database.url().replaceFirst("//[^/]+/", "//127.0.0.1:" + way.port() + "/");
    return new PostgresWarehouse(
        new DatabaseAddress(url, database.user(), database.password()),
        new PostgresWarehouseProperties("", "", "", 10, deadline, Duration.ofDays(30)),
        Clock.systemUTC());
  }

  @AfterAll
  static void close() throws Exception {
    hurried.close();
    warehouse.close();
    way.close();
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(names = {"DOWN", "SILENT"})
  void givenTroubleAtTheStart_whenItEnds_thenTheSchemaIsMadeAndUsed(Trouble trouble)
      throws Exception {
    Database fresh = RealServices.postgres();
    WarehouseQuery count =
        new WarehouseQuery("select count(*) from {wado_access_log}", List.of(), 1);
    try (PostgresWarehouse starting = open(fresh, Duration.ofSeconds(1))) {
      way.begin(trouble);
      try {
        assertThatThrownBy(() -> starting.query(count, List::getFirst))
            .isInstanceOf(WarehouseUnavailableException.class);
      } finally {
        way.end();
      }
      await()
          .atMost(Duration.ofSeconds(30))
          .ignoreExceptionsInstanceOf(WarehouseUnavailableException.class)
          .untilAsserted(
              () -> assertThat(starting.query(count, List::getFirst)).containsExactly(0L));
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
    way.begin(trouble);
  }

  @Override
  protected void end() throws Exception {
    way.end();
  }
}
