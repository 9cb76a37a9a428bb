package org.regionalpacs.warehouse.postgres;

import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * What a failure of PostgreSQL means, by its SQLSTATE (PostgreSQL documentation, appendix A).
 * Messages are without the server's details, which show values.
 */
sealed interface Failure {
  /** In a COPY, the server says where it was. */
  Pattern COPY_PLACE = Pattern.compile("COPY \\w+, line (\\d+)(?:, column (\\w+))?");

  /** What is said of it. */
  String message();

  /** The rows can't be had: data exceptions (22), violated constraints (23), too much (54). */
  record Refused(String message) implements Failure {}

  /** Anything else: it may go well later. */
  record Unavailable(String message) implements Failure {}

  /** Of an exception, or the first in its chain that has a state. */
  static Failure of(SQLException failure) {
    String state = Optional.ofNullable(failure.getSQLState()).orElse("");
    boolean rows = state.startsWith("22") || state.startsWith("23") || state.startsWith("54");
    String message = message(failure);
    return rows ? new Refused(message) : new Unavailable("PostgreSQL: " + message);
  }

  private static String message(SQLException failure) {
    if (!(failure instanceof PSQLException told) || told.getServerErrorMessage() == null) {
      return String.valueOf(failure.getMessage());
    }
    ServerErrorMessage server = told.getServerErrorMessage();
    Matcher place = COPY_PLACE.matcher(Optional.ofNullable(server.getWhere()).orElse(""));
    if (!place.find()) {
      return String.valueOf(server.getMessage());
    }
    String column = place.group(2) == null ? "" : ", column " + place.group(2);
    return "row %s%s: %s".formatted(place.group(1), column, server.getMessage());
  }
}
