package org.regionalpacs.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * A real PostgreSQL on a folder of its own. Its user is {@link #USER} with a random password that
 * is made with the cluster and readable by the owner of the folder only.
 */
public final class PostgresServer extends GuardedServer {
  /** The database user. */
  public static final String USER = "pacs";

  private static final Duration INITDB_LIMIT = Duration.ofMinutes(4);

  private final PostgresSettings settings;
  private final Path bin;
  private final Path data;

  private PostgresServer(PostgresSettings settings, Path bin) {
    super("postgresql", settings.dir(), settings.log(), settings.port());
    this.settings = settings;
    this.bin = bin;
    this.data = dir.resolve("data");
  }

  /**
   * Starts it, making the cluster when the folder has none, and waits until it takes connections.
   *
   * @throws EmbeddedServerException with the reason and the end of its log
   */
  public static PostgresServer start(PostgresSettings settings) throws EmbeddedServerException {
    Path home;
    try {
      home = BinaryCache.ofUser().archive(Platform.here().postgresArchive());
    } catch (IOException e) {
      throw new EmbeddedServerException("PostgreSQL's programs can't be unpacked: " + e, e);
    }
    PostgresServer server = new PostgresServer(settings, home.resolve("bin"));
    server.start();
    return server;
  }

  /** JDBC URL of a database of this server. */
  public String jdbcUrl(String database) {
    return "jdbc:postgresql://%s:%d/%s".formatted(settings.address(), port(), database);
  }

  /** The password of {@link #USER}. */
  public String password() {
    return password(dir);
  }

  /** The password of {@link #USER} in the server of that folder. */
  public static String password(Path dir) {
    try {
      return Files.readString(passwordFile(dir)).strip();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Makes a database if there is none of this name. */
  public void createDatabase(String name) throws SQLException {
    try (Connection connection = connect("postgres");
        PreparedStatement find =
            connection.prepareStatement("select 1 from pg_database where datname = ?")) {
      find.setString(1, name);
      if (find.executeQuery().next()) {
        return;
      }
      try (Statement create = connection.createStatement()) {
        create.execute("create database \"" + name.replace("\"", "\"\"") + "\"");
      }
    }
  }

  /** A connection as {@link #USER}. */
  public Connection connect(String database) throws SQLException {
    Properties login = new Properties();
    login.setProperty("user", USER);
    login.setProperty("password", password());
    login.setProperty("connectTimeout", "10");
    return DriverManager.getConnection(jdbcUrl(database), login);
  }

  @Override
  void prepare() throws IOException {
    if (Files.exists(data)) {
      checkVersion();
      return;
    }
    // Made beside its place and renamed, so that a cluster is there whole or not at all.
    Path fresh = dir.resolve("data.new");
    BinaryCache.deleteTree(fresh);
    Path passwordFile = passwordFile(dir);
    Files.deleteIfExists(passwordFile);
    Files.createFile(
        passwordFile,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    byte[] secret = new byte[20];
    new SecureRandom().nextBytes(secret);
    Files.writeString(passwordFile, HexFormat.of().formatHex(secret));
    initdb(fresh, passwordFile);
    Files.move(fresh, data, StandardCopyOption.ATOMIC_MOVE);
  }

  private void initdb(Path fresh, Path passwordFile) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(bin.resolve("initdb").toString());
    line.addAll(List.of("-D", fresh.toString(), "-U", USER, "--encoding=UTF8"));
    line.addAll(List.of("--auth=scram-sha-256", "--pwfile=" + passwordFile));
    // Iterations slow down who guesses a password; nobody guesses 160 random bits, and every new
    // connection would pay for them.
    line.addAll(List.of("--set", "scram_iterations=1"));
    // The builtin provider sorts alike on every operating system and never changes with libc.
    line.addAll(List.of("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"));
    line.addAll(List.of("--no-instructions", settings.durable() ? "--sync-method=fsync" : "-N"));
    LogFile log = new LogFile(output.resolveSibling("initdb.log"));
    Guarded.Command command =
        new Guarded.Command(
            Unprivileged.command(line),
            log,
            dir.resolve("initdb.pid"),
            "TERM",
            Duration.ofSeconds(5));
    int code = Guarded.start(command).await(INITDB_LIMIT);
    if (code != 0) {
      throw new EmbeddedServerException("initdb failed with " + code + ":" + log.tail());
    }
  }

  private void checkVersion() throws IOException {
    String found = Files.readString(data.resolve("PG_VERSION")).strip();
    String ours = String.valueOf(majorVersion());
    if (!found.equals(ours)) {
      throw new EmbeddedServerException(
          "%s was written by PostgreSQL %s, this is PostgreSQL %s: dump and restore it"
              .formatted(data, found, ours));
    }
  }

  private String majorVersion() throws IOException {
    // The catalogue's bootstrap script begins with "# PostgreSQL <major>".
    Path script = bin.resolveSibling("share").resolve("postgresql").resolve("postgres.bki");
    try (var lines = Files.lines(script)) {
      return lines.findFirst().orElse("").replace("# PostgreSQL", "").strip();
    }
  }

  @Override
  Guarded.Command command() {
    List<String> line = new ArrayList<>();
    line.addAll(List.of(bin.resolve("postgres").toString(), "-D", data.toString()));
    parameters().forEach((key, value) -> line.addAll(List.of("-c", key + "=" + value)));
    // SIGINT is a fast shutdown: clients are cut off, everything is written. SIGQUIT writes
    // nothing.
    String signal = settings.durable() ? "INT" : "QUIT";
    return commandOf(unprivileged(line), signal, Duration.ofSeconds(20));
  }

  private static List<String> unprivileged(List<String> line) {
    try {
      return Unprivileged.command(line);
    } catch (EmbeddedServerException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private Map<String, String> parameters() {
    Map<String, String> parameters = new TreeMap<>();
    parameters.put("listen_addresses", settings.address());
    parameters.put("port", String.valueOf(port()));
    parameters.put("unix_socket_directories", "");
    parameters.put("max_connections", String.valueOf(settings.maxConnections()));
    parameters.put("shared_buffers", settings.sharedBuffers());
    parameters.put("fsync", settings.durable() ? "on" : "off");
    parameters.put("synchronous_commit", settings.durable() ? "on" : "off");
    parameters.put("full_page_writes", settings.durable() ? "on" : "off");
    parameters.put("jit", "off");
    // For users whom an operator makes, whose passwords may be guessed (RFC 7677 section 4).
    parameters.put("scram_iterations", "4096");
    parameters.put("timezone", "UTC");
    parameters.put("log_timezone", "UTC");
    parameters.put("log_checkpoints", "off");
    // Statements and key values hold patients' names: they don't belong in a log.
    parameters.put("log_min_error_statement", "panic");
    parameters.put("log_error_verbosity", "terse");
    return parameters;
  }

  /** As pg_ctl does it: the eighth line of postmaster.pid, if the file is of this process. */
  @Override
  boolean ready() {
    try {
      List<String> lines = Files.readAllLines(data.resolve("postmaster.pid"));
      String pid = process().pid().isPresent() ? "" + process().pid().getAsLong() : "none";
      return lines.size() >= 8
          && lines.getFirst().strip().equals(pid)
          && lines.get(7).strip().equals("ready");
    } catch (IOException e) {
      return false;
    }
  }

  private static Path passwordFile(Path dir) {
    return dir.resolve("password");
  }
}
