package org.regionalpacs.wado.statistics;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.regionalpacs.wado.web.BadParameterException;

/** Parameters of which only some values can be. */
final class Choice {
  private static final int MOST = 1000;

  private Choice() {}

  /** What {@code by} stands for. */
  static <T> T by(String by, Map<String, T> choices) {
    return Optional.ofNullable(choices.get(by))
        .orElseThrow(() ->
            new BadParameterException(
                "by",
                "by must be one of " + String.join(", ", new TreeMap<>(choices).keySet()) + "."));
  }

  /** Rows that are wanted at most. */
  static int limit(String text) {
    try {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= MOST) {
        return limit;
      }
    } catch (NumberFormatException _) {
      // Told below.
    }
    throw new BadParameterException("limit", "limit must be 1 to " + MOST + ".");
  }
}
