package org.regionalpacs.warehouse.statistics;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What statistics are of.
 *
 * @param tenants whom the asker may see, {@value #MOST_TENANTS} at most; nothing is found for none
 * @param from the first day, in UTC
 * @param to the last day, not before the first
 */
public record Scope(Set<String> tenants, LocalDate from, LocalDate to) {
  /** Of one question. */
  public static final int MOST_TENANTS = 1000;

  public Scope {
    if (tenants.size() > MOST_TENANTS) {
      throw new IllegalArgumentException("more than " + MOST_TENANTS + " tenants");
    }
    if (to.isBefore(from)) {
      throw new IllegalArgumentException(to + " is before " + from);
    }
    tenants = Collections.unmodifiableSet(new TreeSet<>(tenants));
  }

  /** Condition on a table with such a column for the day, for {@link #arguments}. */
  String condition(String day) {
    String marks =
        tenants.isEmpty() ? "null" : String.join(", ", Collections.nCopies(tenants.size(), "?"));
    return "%s between ? and ? and tenant in (%s)".formatted(day, marks);
  }

  List<Object> arguments() {
    List<Object> arguments = new ArrayList<>(List.of(from, to));
    arguments.addAll(tenants);
    return arguments;
  }
}
