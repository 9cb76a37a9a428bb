package org.regionalpacs.index;

/**
 * Whether two person names (PS3.5 6.2.1) can't be of one person. Case, accents and trailing
 * delimiters don't matter, and a component group that one of them lacks says nothing.
 */
final class NameComparison {
  private NameComparison() {}

  static boolean contradict(String one, String other) {
    String[] groups = one.split("=", -1);
    String[] others = other.split("=", -1);
    for (int group = 0; group < Math.min(groups.length, others.length); group++) {
      String left = plain(groups[group]);
      String right = plain(others[group]);
      if (!left.isEmpty() && !right.isEmpty() && !left.equals(right)) {
        return true;
      }
    }
    return false;
  }

  private static String plain(String group) {
    return Folding.fold(group).replaceAll("\\s*\\^\\s*", "^").replaceAll("[\\s^]+$", "").strip();
  }
}
