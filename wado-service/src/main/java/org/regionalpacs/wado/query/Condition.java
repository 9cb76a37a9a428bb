package org.regionalpacs.wado.query;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A condition in SQL. Values from outside are always parameters, never part of the text.
 *
 * @param sql with a {@code ?} for each parameter
 * @param parameters in their order
 */
record Condition(String sql, List<Object> parameters) {

  /** A parameter that stands for the tenant in whose index is searched. */
  static final Object TENANT =
      new Object() {
        @Override
        public String toString() {
          return "tenant";
        }
      };

  /** Holds for every row. */
  static final Condition ALWAYS = new Condition("true", List.of());

  static Condition of(String sql, Object... parameters) {
    return new Condition(sql, List.of(parameters));
  }

  /** The same in a tenant's index. */
  Condition in(String tenant) {
    return new Condition(
        sql, parameters.stream().map(one -> one == TENANT ? tenant : one).toList());
  }

  /** Whether a text is in its SQL: {@code p.} where it may be about patients. */
  boolean mentions(String text) {
    return sql.contains(text);
  }

  /** One of these values. */
  static Condition in(String column, List<String> values) {
    if (values.size() == 1) {
      return of(column + " = ?", values.getFirst());
    }
    String marks = String.join(", ", Collections.nCopies(values.size(), "?"));
    return new Condition(column + " in (" + marks + ")", List.copyOf(values));
  }

  /** All of them hold; all hold when there are none. */
  static Condition allOf(List<Condition> conditions) {
    return conditions.isEmpty() ? ALWAYS : joined(conditions, " and ");
  }

  /** At least one of them holds; without any, nothing is asked for and every row will do. */
  static <T> Condition anyOf(List<T> values, Function<T, Condition> each) {
    return values.isEmpty() ? ALWAYS : joined(values.stream().map(each).toList(), " or ");
  }

  private static Condition joined(List<Condition> conditions, String word) {
    if (conditions.size() == 1) {
      return conditions.getFirst();
    }
    List<Object> parameters = new ArrayList<>();
    conditions.forEach(condition -> parameters.addAll(condition.parameters()));
    return new Condition(
        conditions.stream().map(Condition::sql).collect(Collectors.joining(word, "(", ")")),
        List.copyOf(parameters));
  }
}
