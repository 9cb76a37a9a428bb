package org.regionalpacs.nodes;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.flywaydb.core.Flyway;
import org.regionalpacs.test.Database;
import org.regionalpacs.test.RealServices;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A database with the schema, and processes that do the tasks in it. */
final class Tasks implements AutoCloseable {
  static final String KIND = "test";

  /** Of the handlers in these tests. */
  record Arguments(String name) {}

  /** Of the handlers in these tests. */
  record Result(String greeting) {}

  private final Database database = RealServices.postgres();
  private final HikariDataSource source = new HikariDataSource();
  private final List<NodeTaskExecutor> executors = new ArrayList<>();
  final JdbcClient jdbc;
  final NodeTaskPlanner planner;
  final Node node = new Node(UUID.randomUUID().toString());

  private Tasks(boolean withSchema) {
    source.setJdbcUrl(database.url());
    source.setUsername(database.user());
    source.setPassword(database.password());
    source.setMaximumPoolSize(8);
    jdbc = JdbcClient.create(source);
    planner = new NodeTaskPlanner(jdbc);
    if (withSchema) {
      makeSchema();
    }
  }

  static Tasks open() {
    return new Tasks(true);
  }

  static Tasks withoutSchema() {
    return new Tasks(false);
  }

  void makeSchema() {
    Flyway.configure().dataSource(source).load().migrate();
  }

  boolean plan(String key) {
    return planner.plan(PlannedTask.now(node.id(), KIND, key, new Arguments(key)));
  }

  TaskOutcome outcome(String key) {
    return planner.outcome(node.id(), KIND, key).orElseThrow();
  }

  boolean isDone(String key) {
    return outcome(key).done().isPresent();
  }

  NodeTaskClaims claims(Duration lease) {
    return new NodeTaskClaims(jdbc, node, properties(lease));
  }

  /** As a process that holds all tasks. */
  NodeTaskHold hold(Duration lease) {
    return NodeTaskHold.take(new JdbcTemplate(source), transaction(), lease);
  }

  TransactionTemplate transaction() {
    return new TransactionTemplate(new JdbcTransactionManager(source));
  }

  private NodeTaskProperties properties(Duration lease) {
    return new NodeTaskProperties(
        2,
        Duration.ofMillis(20),
        lease,
        Duration.ofMillis(20),
        Duration.ofMillis(200),
        new NodeTaskProperties.Database(database.url(), database.user(), database.password()));
  }

  /** A process of the node that does tasks until the end of the test. */
  NodeTaskExecutor process(Duration lease, NodeTaskHandler<?, ?>... handlers) {
    NodeTaskClaims claims = claims(lease);
    TaskRunner runner = new TaskRunner(claims, List.of(handlers), new SimpleMeterRegistry());
    NodeTaskExecutor executor = new NodeTaskExecutor(claims, runner, properties(lease));
    executors.add(executor);
    executor.start();
    return executor;
  }

  static NodeTaskHandler<Arguments, Result> handler(Function<String, String> work) {
    return handler(KIND, Duration.ofMinutes(1), work);
  }

  static NodeTaskHandler<Arguments, Result> handler(
      String kind, Duration limit, Function<String, String> work) {
    return new NodeTaskHandler<>() {
      @Override
      public String kind() {
        return kind;
      }

      @Override
      public Class<Arguments> arguments() {
        return Arguments.class;
      }

      @Override
      public Duration limit() {
        return limit;
      }

      @Override
      public Result run(Arguments arguments) {
        return new Result(work.apply(arguments.name()));
      }
    };
  }

  @Override
  public void close() {
    executors.forEach(NodeTaskExecutor::stop);
    source.close();
  }
}
