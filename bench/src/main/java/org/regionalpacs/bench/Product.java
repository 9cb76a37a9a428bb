package org.regionalpacs.bench;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.regionalpacs.dicom.net.RemoteAe;
import org.regionalpacs.embedded.PostgresServer;
import org.regionalpacs.test.Database;

/** The product as {@code ./pacs up} starts it, on a data folder of its own. */
final class Product implements Archive {
  static final String NAME = "product";

  /** System property: the folder of the pacs script. */
  static final String HOME = "pacs.home";

  private static final Duration START = Duration.ofMinutes(10);

  private final String name;
  private final ChildProcess process;
  private final Path data;
  private final int dicom;
  private final int http;
  private final int health;
  private final int postgresql;

  private Product(
      String name,
      ChildProcess process,
      Path data,
      int dicom,
      int http,
      int health,
      int postgresql) {
    this.name = name;
    this.process = process;
    this.data = data;
    this.dicom = dicom;
    this.http = http;
    this.health = health;
    this.postgresql = postgresql;
  }

  /**
   * Starts it as it was last built, and waits until it takes images.
   *
   * @param name what results call it
   * @param folder becomes its data folder
   */
  static Product start(String name, Path folder) throws IOException {
    Path data = Files.createDirectories(folder);
    int dicom = LoopbackPorts.free();
    int http = LoopbackPorts.free();
    int health = LoopbackPorts.free(4);
    int postgresql = LoopbackPorts.free();
    List<String> line =
        List.of(
            Path.of(System.getProperty(HOME, "."), "pacs").toString(),
            "up",
            "--data=" + data,
            "--dicom-port=" + dicom,
            "--http-port=" + http,
            "--health-port=" + health,
            "--postgresql-port=" + postgresql,
            "--kafka-port=" + LoopbackPorts.free(2),
            "--redis-port=" + LoopbackPorts.free());
    Map<String, String> environment =
        Map.of("PACS_BUILD", "when-missing", "JAVA_HOME", System.getProperty("java.home"));
    ChildProcess process =
        ChildProcess.start("the product", line, environment, data.resolve("console.log"));
    Product product = new Product(name, process, data, dicom, http, health, postgresql);
    try {
      process.await(product::ready, START);
      return product;
    } catch (IOException e) {
      product.close();
      throw e;
    }
  }

  private boolean ready() throws IOException {
    Properties state = new Properties();
    try (Reader reader = Files.newBufferedReader(data.resolve("run").resolve("state"))) {
      state.load(reader);
    }
    return Boolean.parseBoolean(state.getProperty("ready"));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<String> setting() {
    return List.of(
        "product: `./pacs up` with its defaults, fresh data folder on %s; fsync of file and folder,"
                .formatted(volume())
            + " success after fsync of file, folder and outbox, Kafka's storage_queue flushed up to 20 ms later, PostgreSQL durable");
  }

  private String volume() {
    try {
      return Files.getFileStore(data).type();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean warmsUp() {
    return true;
  }

  @Override
  public CpuMeter cpu() {
    return CpuMeter.of(process.pid());
  }

  @Override
  public RemoteAe dicom() {
    return new RemoteAe("REGIONAL_PACS", "127.0.0.1", dicom);
  }

  @Override
  public int http() {
    return http;
  }

  /** First port of health and metrics, wado-service's. */
  int health() {
    return health;
  }

  /** Its process with the services. */
  long pid() {
    return process.pid();
  }

  /** Its index. */
  Database database() {
    return new Database(
        "jdbc:postgresql://127.0.0.1:%d/pacs".formatted(postgresql),
        PostgresServer.USER,
        PostgresServer.password(data.resolve("postgresql")));
  }

  /** Objects that have a copy in the archive. */
  long archived() throws IOException {
    try (Connection connection = database().connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("select count(*) from location where store <> 'online'")) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
