package org.regionalpacs.consumer.loader;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.regionalpacs.messages.LogRecord;
import org.regionalpacs.test.Testdata;
import org.regionalpacs.test.doris.DorisFault;
import org.regionalpacs.test.doris.DorisTable;
import org.regionalpacs.test.doris.FakeDoris;
import org.regionalpacs.warehouse.Warehouse;
import org.regionalpacs.warehouse.WarehouseTable;
import org.regionalpacs.warehouse.doris.DorisProperties;
import org.regionalpacs.warehouse.doris.DorisWarehouse;

/** Into Doris, whose tables of logs keep a row as often as it is loaded. */
class DorisLoaderTest extends LoaderContract {
  private static FakeDoris doris;
  private static DorisWarehouse warehouse;

  @BeforeAll
  static void startDoris() throws IOException {
    List<DorisTable> tables = new ArrayList<>();
    for (WarehouseTable table : WarehouseTable.values()) {
      Path ddl = Testdata.repository().resolve("deploy/doris/" + table.table() + ".sql");
      tables.add(DorisTable.parse(Files.readString(ddl).replace("${replication}", "1")));
    }
    doris = FakeDoris.start(tables);
    warehouse =
        new DorisWarehouse(
            new DorisProperties(
                List.of(doris.frontend(), doris.otherFrontend()),
                9030,
                FakeDoris.DATABASE,
                FakeDoris.USER,
                FakeDoris.PASSWORD,
                Duration.ofSeconds(10),
                Duration.ofSeconds(5),
                Duration.ofMinutes(1),
                Duration.ofSeconds(10),
                1,
                Duration.ofMillis(100),
                true),
            new SimpleMeterRegistry());
  }

  @AfterAll
  static void stopDoris() throws IOException {
    warehouse.close();
    doris.close();
  }

  @AfterEach
  void heal() {
    doris.heal();
  }

  @Override
  Warehouse warehouse() {
    return warehouse;
  }

  @Override
  List<String> loaded(String table) {
    return doris.rows(table).stream()
        .filter(row -> row.get("tenant").asString().equals(tenant))
        .map(row -> row.get("event_id").asString())
        .toList();
  }

  @Test
  void givenAnswersThatAreLost_whenLoaded_thenEachRowIsThereOnce() {
    doris.next(
        DorisFault.TIMEOUT_AFTER_COMMIT,
        DorisFault.HALF_ANSWER,
        DorisFault.BACKEND_ERROR,
        DorisFault.BACKEND_DIES_MIDWAY,
        DorisFault.HALF_JSON);
    List<LogRecord> requests = requests(8);
    send(requests);

    start(byRows(2), watched());

    awaitLoaded(requests);
    awaitCommitted(8);
  }
}
