package org.regionalpacs.wado.query;

import java.util.ArrayList;
import java.util.List;
import org.regionalpacs.index.Folding;

/**
 * Matching of person names: case and accents don't matter, each component group (alphabetic,
 * ideographic, phonetic) is searched, and components that the key leaves out may be anything, so
 * that {@code Smith} finds {@code SMITH^JOHN}.
 */
final class PersonNames {
  private static final List<String> STARTS = List.of("", "%=");
  private static final List<String> ENDS = List.of("", "^%", "=%");

  private PersonNames() {}

  /**
   * @param column holds names folded by {@link Folding}
   */
  static Condition condition(String column, String value) {
    List<Condition> groups = new ArrayList<>();
    for (String group : Folding.fold(value).split("=")) {
      String pattern = Wildcards.like(withoutEmptyEnd(group.strip()));
      if (!pattern.replace("%", "").isEmpty()) {
        groups.add(group(column, pattern));
      }
    }
    return Condition.allOf(groups);
  }

  private static Condition group(String column, String pattern) {
    List<String> patterns = new ArrayList<>();
    for (String start : pattern.startsWith("%") ? List.of("") : STARTS) {
      for (String end : pattern.endsWith("%") ? List.of("") : ENDS) {
        patterns.add(start + pattern + end);
      }
    }
    return Condition.anyOf(patterns, like -> Condition.of(column + " like ?", like));
  }

  private static String withoutEmptyEnd(String group) {
    int end = group.length();
    while (end > 0 && (group.charAt(end - 1) == '^' || group.charAt(end - 1) == ' ')) {
      end--;
    }
    return group.substring(0, end);
  }
}
