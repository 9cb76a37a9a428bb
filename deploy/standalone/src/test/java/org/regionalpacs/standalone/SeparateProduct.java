package org.regionalpacs.standalone;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import org.regionalpacs.embedded.PostgresServer;
import org.regionalpacs.messages.ConsumerLag;

/** The product run by {@code ./pacs up --separate}, with all its parts within reach. */
public final class SeparateProduct implements AutoCloseable {
  private final RunningProduct product;
  private final DataFolder folder;

  private SeparateProduct(RunningProduct product) {
    this.product = product;
    this.folder = DataFolder.of(product.data());
  }

  /**
   * @param options of {@code ./pacs up} beside the folder and the ports
   */
  public static SeparateProduct up(Path data, String... options) throws IOException {
    List<String> all = new ArrayList<>(List.of(options));
    all.add("--separate");
    return new SeparateProduct(RunningProduct.up(data, all.toArray(String[]::new)));
  }

  /** One that was started apart by its options. */
  static SeparateProduct of(RunningProduct product) {
    return new SeparateProduct(product);
  }

  public Path data() {
    return folder.root();
  }

  public int dicomPort() {
    return product.dicomPort();
  }

  public int httpPort() {
    return product.httpPort();
  }

  /** What the launcher has said. */
  public String console() {
    return product.process().output();
  }

  /** Runs another command on it; what it said. */
  public String run(Object... arguments) throws Exception {
    List<Object> line = new ArrayList<>(List.of(arguments));
    line.addAll(List.of("--data", folder.root()));
    return PacsProcess.run(line.toArray()).output();
  }

  /** The children's names, services and engines. */
  public List<String> children() {
    return Child.of(folder, state()).stream().map(Child::name).toList();
  }

  /** The process id of a child, while it runs. */
  public OptionalLong pid(String child) {
    return Child.of(folder, state()).stream()
        .filter(each -> each.name().equals(child))
        .findFirst()
        .orElseThrow()
        .pid();
  }

  /** Keeps a child down from its next end on, which is when the launcher notices at the latest. */
  public void hold(String child) {
    new Holds(folder).hold(child);
  }

  public void release(String child) {
    new Holds(folder).release(child);
  }

  /** The first service that isn't well, with what it says; empty when all are. */
  public Optional<String> trouble() {
    RunState state = state();
    try (HealthProbe probe = new HealthProbe()) {
      for (Service service : Service.values()) {
        HealthProbe.Answer answer = probe.ask(state.health() + service.ordinal());
        if (!answer.up()) {
          return Optional.of(service.id() + ": " + answer.detail());
        }
      }
    }
    return Optional.empty();
  }

  public Connection database() throws SQLException {
    Properties login = new Properties();
    login.setProperty("user", PostgresServer.USER);
    login.setProperty("password", PostgresServer.password(folder.postgresql()));
    login.setProperty("connectTimeout", "5");
    login.setProperty("socketTimeout", "60");
    return DriverManager.getConnection(
        "jdbc:postgresql://%s:%d/%s"
            .formatted(Ports.LOOPBACK, state().postgresql(), Engines.DATABASE),
        login);
  }

  public String kafka() {
    return Ports.LOOPBACK + ":" + state().kafka();
  }

  /** Records not yet processed, by {@code "group of topic"}. */
  public Map<String, Long> lag() throws IOException {
    try (ConsumerLag lag = new ConsumerLag(kafka())) {
      return lag.byGroupAndTopic();
    }
  }

  private RunState state() {
    return RunState.running(folder).orElseThrow(() -> new IllegalStateException("not running"));
  }

  @Override
  public void close() throws Exception {
    product.close();
  }
}
