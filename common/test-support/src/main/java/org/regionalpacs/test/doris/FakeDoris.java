package org.regionalpacs.test.doris;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * A Doris in the JVM: two frontends and a backend that speak Stream Load over HTTP, keep labels and
 * rows in partitions by day, and check rows against the real DDL. Queries are answered by a {@link
 * MariaDb}, where one is installed. It has no transactions of two phases, no group commit, no other
 * formats than JSON.
 */
public final class FakeDoris implements AutoCloseable {
  public static final String DATABASE = "pacs";
  public static final String USER = "loader";
  public static final String PASSWORD = "se:cret ü";

  private final LoadLabels labels = new LoadLabels();
  private final Queue<DorisFault> faults = new ArrayDeque<>();
  private final AtomicInteger loads = new AtomicInteger();
  private final Optional<MariaDb> sql;
  private final Optional<FakeQueries> queries;
  private final FakeRows rows;
  private final HttpWire backend;
  private final FakeFrontend first;
  private final FakeFrontend second;
  private volatile int advertised;

  private FakeDoris(List<DorisTable> tables, Optional<MariaDb> sql) throws IOException {
    this.sql = sql;
    this.rows = new FakeRows(sql);
    this.queries = sql.isEmpty() ? Optional.empty() : Optional.of(new FakeQueries(sql.get(), rows));
    Map<String, DorisTable> byName =
        tables.stream().collect(Collectors.toMap(DorisTable::name, Function.identity()));
    this.backend = new HttpWire(0, new FakeBackend(this, byName));
    this.advertised = backend.port();
    this.first = new FakeFrontend(this);
    this.second = new FakeFrontend(this);
  }

  /** Without SQL. */
  public static FakeDoris start(List<DorisTable> tables) throws IOException {
    return new FakeDoris(tables, Optional.empty());
  }

  /** With SQL where a MariaDB is installed. */
  public static FakeDoris startWithSql(List<DorisTable> tables, List<String> views)
      throws IOException, SQLException {
    return new FakeDoris(tables, MariaDb.start(DATABASE, tables, views));
  }

  public URI frontend() {
    return URI.create("http://127.0.0.1:" + first.port());
  }

  public URI otherFrontend() {
    return URI.create("http://127.0.0.1:" + second.port());
  }

  public int backendPort() {
    return backend.port();
  }

  /** Where queries are answered; empty when no MariaDB is installed. */
  public Optional<Integer> queryPort() {
    return queries.map(FakeQueries::port);
  }

  /** The tables on which the user lacks ALTER_PRIV, which dropping partitions takes. */
  public void denyAlter(String... tables) {
    queries.orElseThrow().deny(Set.of(tables));
  }

  /** Frontends send on to this port from now on; it has to lead to the backend. */
  public void sendOnTo(int port) {
    advertised = port;
  }

  /** The next Stream Loads have these faults, one each. */
  public void next(DorisFault... planned) {
    synchronized (faults) {
      faults.addAll(List.of(planned));
    }
  }

  /** What wasn't met yet is called off. */
  public void heal() {
    synchronized (faults) {
      faults.clear();
    }
  }

  /** Takes the next fault when it is one of these. */
  Optional<DorisFault> take(Collection<DorisFault> these) {
    synchronized (faults) {
      return faults.isEmpty() || !these.contains(faults.peek())
          ? Optional.empty()
          : Optional.of(faults.remove());
    }
  }

  /** The rows of a table. */
  public Collection<JsonNode> rows(String table) {
    return rows.of(table);
  }

  /** How many Stream Loads came to the backend, with rows. */
  public int loads() {
    return loads.get();
  }

  /** Of a label, as {@code get_load_state} tells it. */
  public String state(String label) {
    return labels.state(label);
  }

  void loading() {
    loads.incrementAndGet();
  }

  void commit(DorisTable table, List<JsonNode> all) {
    rows.commit(table, all);
  }

  LoadLabels labels() {
    return labels;
  }

  int advertised() {
    return advertised;
  }

  /** A port on which nobody listens. */
  static int deadPort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  @Override
  public void close() throws IOException {
    first.close();
    second.close();
    backend.close();
    if (queries.isPresent()) {
      queries.get().close();
    }
    sql.ifPresent(MariaDb::close);
  }
}
