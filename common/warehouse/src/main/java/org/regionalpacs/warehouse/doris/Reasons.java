package org.regionalpacs.warehouse.doris;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.regionalpacs.warehouse.WarehouseTable;

/**
 * What Doris says about rows, without what is in them: its reasons quote values and whole rows, and
 * those have the ids of patients.
 */
final class Reasons {
  private static final int LONGEST = 200;
  private static final int MOST = 5;
  private static final Pattern PRIVATE =
      Pattern.compile(
          "(?i)(src line|input str|tuple|src_line|raw value|value:|\\{|\\n|\\r).*", Pattern.DOTALL);
  private static final Pattern QUOTED =
      Pattern.compile("\\[([^\\]]*)\\]?|\"([^\"]*)\"?|'([^']*)'?|`([^`]*)`?");
  private static final Pattern CODE = Pattern.compile("[A-Z_]{3,40}");

  private Reasons() {}

  /** One reason, safe for logs: quoted words stay only where they name a column of the table. */
  static String of(String message, WarehouseTable table) {
    String start = PRIVATE.matcher(message).replaceFirst("");
    String safe =
        QUOTED
            .matcher(start)
            .replaceAll(found -> Matcher.quoteReplacement(kept(found.group(), table)));
    safe = safe.strip();
    if (safe.isEmpty()) {
      return "no reason given";
    }
    return safe.length() <= LONGEST ? safe : safe.substring(0, LONGEST);
  }

  private static String kept(String quoted, WarehouseTable table) {
    String word = quoted.replaceAll("[\\[\\]\"'`]", "");
    boolean known =
        CODE.matcher(word).matches()
            || table.columns().stream().anyMatch(column -> column.name().equals(word));
    return known ? "[" + word + "]" : "[...]";
  }

  /** The different reasons in an error log, a few of them. */
  static String inLog(String log, WarehouseTable table) {
    Set<String> reasons = new LinkedHashSet<>();
    for (String line : log.split("\n")) {
      int at = line.indexOf("Reason:");
      if (at >= 0 && reasons.size() < MOST) {
        reasons.add(of(line.substring(at + "Reason:".length()), table));
      }
    }
    return String.join("; ", reasons);
  }
}
