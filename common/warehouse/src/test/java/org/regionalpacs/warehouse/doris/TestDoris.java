package org.regionalpacs.warehouse.doris;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.regionalpacs.test.doris.FakeDoris;

/** A warehouse in a fake Doris, with the real DDL and a MariaDB for its queries. */
final class TestDoris implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(10);

  private final FakeDoris doris;
  private final DorisWarehouse warehouse;

  private TestDoris(FakeDoris doris) {
    this.doris = doris;
    this.warehouse =
        new DorisWarehouse(
            settings(doris.frontend(), doris.queryPort().orElseThrow()), new SimpleMeterRegistry());
  }

  /** Starts one; the test is skipped where no MariaDB is installed. */
  static TestDoris start() throws Exception {
    return new TestDoris(fake());
  }

  /** Without a warehouse on it. */
  static FakeDoris fake() throws Exception {
    FakeDoris doris = FakeDoris.startWithSql(DorisDdl.tables(), List.of(DorisDdl.view()));
    assumeTrue(doris.queryPort().isPresent(), "no MariaDB: apt-get install mariadb-server-core");
    return doris;
  }

  /** Of a fake Doris that is reached so. */
  static DorisProperties settings(URI frontend, int queryPort) {
    return settings(frontend, queryPort, Duration.ofMinutes(1), Duration.ofMinutes(1));
  }

  /** With deadlines of a load and of a query. */
  static DorisProperties settings(URI frontend, int queryPort, Duration load, Duration query) {
    return new DorisProperties(
        List.of(frontend),
        queryPort,
        FakeDoris.DATABASE,
        FakeDoris.USER,
        FakeDoris.PASSWORD,
        query.compareTo(CONNECT) < 0 ? query : CONNECT,
        load,
        load,
        query,
        4,
        Duration.ofMillis(100),
        // A batch is to be long enough to break in it.
        false);
  }

  DorisWarehouse warehouse() {
    return warehouse;
  }

  FakeDoris doris() {
    return doris;
  }

  @Override
  public void close() throws Exception {
    warehouse.close();
    doris.close();
  }
}
