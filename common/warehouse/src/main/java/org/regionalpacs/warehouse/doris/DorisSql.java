package org.regionalpacs.warehouse.doris;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Queries in the words of Doris. */
final class DorisSql {
  private static final Pattern TABLE = Pattern.compile("\\{([a-z_]+)}");
  private static final Pattern SELECT = Pattern.compile("^\\s*SELECT\\b", Pattern.CASE_INSENSITIVE);

  private DorisSql() {}

  /** A query with the tables in their database, and with a hint by which Doris ends it in time. */
  static String of(String sql, String database, Duration limit) {
    long seconds = Math.max(1, limit.toSeconds());
    String named =
        TABLE
            .matcher(sql)
            .replaceAll(
                found -> Matcher.quoteReplacement("`" + database + "`.`" + found.group(1) + "`"));
    return SELECT
        .matcher(named)
        .replaceFirst("SELECT /*+ SET_VAR(query_timeout=" + seconds + ") */");
  }
}
