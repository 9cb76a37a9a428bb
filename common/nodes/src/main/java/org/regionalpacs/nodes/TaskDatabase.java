package org.regionalpacs.nodes;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.Closeable;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The way to the tasks: the service's own data source, or a small pool that nobody waits for at the
 * start. Handlers may use it too, sparingly: it is a few connections.
 */
public final class TaskDatabase implements Closeable {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration STATEMENT = Duration.ofSeconds(15);

  /** Longer than a statement may take: a server that hangs, or a network that swallows packets. */
  private static final Duration SOCKET = Duration.ofSeconds(30);

  private final Optional<HikariDataSource> own;
  private final JdbcTemplate template;
  private final JdbcClient client;
  private final TransactionTemplate transaction;

  private TaskDatabase(Optional<HikariDataSource> own, DataSource source) {
    this.own = own;
    this.template = new JdbcTemplate(source);
    template.setQueryTimeout((int) STATEMENT.toSeconds());
    this.client = JdbcClient.create(template);
    this.transaction = new TransactionTemplate(new JdbcTransactionManager(source));
    this.transaction.setTimeout((int) STATEMENT.toSeconds());
  }

  static TaskDatabase shared(DataSource source) {
    return new TaskDatabase(Optional.empty(), source);
  }

  static TaskDatabase open(NodeTaskProperties properties) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("node-tasks");
    config.setJdbcUrl(properties.database().url());
    config.setUsername(properties.database().username());
    config.setPassword(properties.database().password());
    config.setInitializationFailTimeout(-1);
    config.setConnectionTimeout(CONNECT.toMillis());
    config.setValidationTimeout(CONNECT.toMillis());
    config.setMinimumIdle(0);
    // One for looking and keeping leases, the others for results.
    config.setMaximumPoolSize(Math.min(2 + properties.workers(), 8));
    config.addDataSourceProperty("connectTimeout", String.valueOf(CONNECT.toSeconds()));
    config.addDataSourceProperty("socketTimeout", String.valueOf(SOCKET.toSeconds()));
    config.addDataSourceProperty("ApplicationName", "node-tasks");
    HikariDataSource pool = new HikariDataSource(config);
    return new TaskDatabase(Optional.of(pool), pool);
  }

  /** Statements end within 15 s. */
  public JdbcClient client() {
    return client;
  }

  /** The same for what takes a template. */
  public JdbcTemplate template() {
    return template;
  }

  /** Of statements of {@link #client} and {@link #template}; it ends within 15 s too. */
  public TransactionTemplate transaction() {
    return transaction;
  }

  @Override
  public void close() {
    own.ifPresent(HikariDataSource::close);
  }
}
