package org.regionalpacs.test;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Hears from PostgreSQL's auto_explain how each statement of the product was run: import it into a
 * Spring test. The plans are those that were used, with the product's own parameters.
 */
public final class QueryPlans implements BeanPostProcessor {
  private static final List<String> EXPLAIN =
      List.of(
          "load 'auto_explain'",
          "set auto_explain.log_min_duration = 0",
          "set auto_explain.log_level = notice",
          "set auto_explain.log_parameter_max_length = 0");

  private final Queue<String> heard = new ConcurrentLinkedQueue<>();

  /** What is done. */
  @FunctionalInterface
  public interface Work {
    /** Does it. */
    void run() throws Exception;
  }

  /** The plans of all statements that ran meanwhile, each with the text of its query. */
  public List<String> of(Work work) throws Exception {
    heard.clear();
    work.run();
    return heard.stream().filter(notice -> notice.contains("plan:")).distinct().toList();
  }

  @Override
  public Object postProcessAfterInitialization(Object bean, String name) {
    return bean instanceof DataSource source ? new Explained(source) : bean;
  }

  /** Hands out connections that explain. */
  private final class Explained extends DelegatingDataSource {
    Explained(DataSource target) {
      super(target);
    }

    @Override
    public Connection getConnection() throws SQLException {
      Connection connection = super.getConnection();
      try (Statement statement = connection.createStatement()) {
        for (String sql : EXPLAIN) {
          statement.execute(sql);
        }
      }
      if (!connection.getAutoCommit()) {
        connection.commit();
      }
      return proxy(Connection.class, connection, connection::getWarnings);
    }
  }

  @FunctionalInterface
  private interface Warnings {
    SQLWarning get() throws SQLException;
  }

  private <T> T proxy(Class<T> type, T target, Warnings warnings) {
    InvocationHandler handler = (_, method, arguments) -> call(target, method, arguments, warnings);
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private Object call(Object target, Method method, Object[] arguments, Warnings warnings)
      throws Throwable {
    try {
      // Closed, it has no warnings any more; and what ran last is told with what follows.
      if (method.getName().equals("close")) {
        listen(warnings);
      }
      Object result = method.invoke(target, arguments);
      if (method.getName().startsWith("execute") || method.getName().equals("commit")) {
        listen(warnings);
      }
      return switch (result) {
        case PreparedStatement statement ->
            proxy(PreparedStatement.class, statement, statement::getWarnings);
        case Statement statement -> proxy(Statement.class, statement, statement::getWarnings);
        case null, default -> result;
      };
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private void listen(Warnings warnings) {
    try {
      for (SQLWarning one = warnings.get(); one != null; one = one.getNextWarning()) {
        heard.add(String.valueOf(one.getMessage()).replaceFirst("duration: [\\d.]+ ms +", ""));
      }
    } catch (SQLException e) {
      // Closed already.
    }
  }
}
