package org.regionalpacs.wado.query;

/** Wild card matching (PS3.4 C.2.2.2.4): {@code *} stands for any text, {@code ?} for any one. */
final class Wildcards {
  private Wildcards() {}

  static boolean in(String value) {
    return value.indexOf('*') >= 0 || value.indexOf('?') >= 0;
  }

  /** The pattern of SQL's LIKE for it. */
  static String like(String value) {
    StringBuilder pattern = new StringBuilder(value.length() + 8);
    for (char c : value.toCharArray()) {
      switch (c) {
        case '*' -> pattern.append('%');
        case '?' -> pattern.append('_');
        case '%', '_', '\\' -> pattern.append('\\').append(c);
        default -> pattern.append(c);
      }
    }
    return pattern.toString();
  }

  /**
   * Whether indexes of prefixes and of three letters in a row find what is like it. Text that isn't
   * ASCII may not be in the latter.
   */
  static boolean indexable(String value) {
    return !in(value) || value.matches("(?s)[^*?].*|.*[\\p{ASCII}&&[^*?]]{3}.*");
  }

  /** A column that equals the value, or is like it when it has wild cards. */
  static Condition condition(String column, String value) {
    if (value.chars().allMatch(c -> c == '*')) {
      return Condition.ALWAYS;
    }
    return in(value)
        ? Condition.of(column + " like ?", like(value))
        : Condition.of(column + " = ?", value);
  }
}
