package org.regionalpacs.intake.evict;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Set;
import org.regionalpacs.intake.evict.KillStep.Moment;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Connections that tell a {@link KillStep} what is done on them. */
final class KillingSource extends DriverManagerDataSource {
  private static final Set<String> EXECUTIONS = Set.of("execute", "executeUpdate", "executeQuery");

  private final KillStep step;

  KillingSource(KillStep step, String url, String user, String password) {
    super(url, user, password);
    this.step = step;
  }

  @Override
  public Connection getConnection() throws SQLException {
    return new Told(super.getConnection()).connection();
  }

  /** What was executed in the transaction under way. */
  private final class Told {
    private final Connection connection;
    private boolean concerned;

    Told(Connection connection) {
      this.connection = connection;
    }

    Connection connection() {
      return proxy(Connection.class, this::onConnection);
    }

    private Object onConnection(Method method, Object[] arguments) throws Throwable {
      Object result = invoke(connection, method, arguments);
      if (method.getName().equals("commit") && concerned) {
        step.reached(Moment.COMMITTED);
      }
      if (result instanceof PreparedStatement statement && step.concerns((String) arguments[0])) {
        return proxy(
            PreparedStatement.class, (what, values) -> onStatement(statement, what, values));
      }
      return result;
    }

    private Object onStatement(PreparedStatement statement, Method method, Object[] arguments)
        throws Throwable {
      if (!EXECUTIONS.contains(method.getName())) {
        return invoke(statement, method, arguments);
      }
      step.reached(Moment.BEFORE);
      Object result = invoke(statement, method, arguments);
      concerned = true;
      step.reached(Moment.AFTER);
      return result;
    }
  }

  private interface Call {
    Object make(Method method, Object[] arguments) throws Throwable;
  }

  private static <T> T proxy(Class<T> type, Call call) {
    return type.cast(
        Proxy.newProxyInstance(
            KillingSource.class.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) -> call.make(method, arguments)));
  }

  private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
