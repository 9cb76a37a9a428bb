package org.regionalpacs.wado.query;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.regionalpacs.index.Folding;

/**
 * Matching of person names: case and accents don't matter, each component group (alphabetic,
 * ideographic, phonetic) is searched, and components that the key leaves out may be anything, so
 * that {@code Smith} finds {@code SMITH^JOHN} and so does {@code ^John}. A Chinese name is found
 * without the sign between family and given name too.
 */
final class PersonNames {
  private static final List<String> STARTS = List.of("", "%=");
  private static final List<String> ENDS = List.of("", "^%", "=%");
  private static final Pattern LEFT_OUT = Pattern.compile("(?<=^|\\^)(?=\\^)");

  private PersonNames() {}

  /**
   * @param column holds names folded by {@link Folding}
   */
  static Condition condition(String column, String value) {
    List<Condition> groups = new ArrayList<>();
    for (String group : Folding.fold(value).split("=")) {
      String named = LEFT_OUT.matcher(withoutEmptyEnd(group.strip())).replaceAll("*");
      if (!named.chars().allMatch(c -> c == '*' || c == '^')) {
        groups.add(group(column, named));
      }
    }
    return Condition.allOf(groups);
  }

  private static Condition group(String column, String group) {
    List<String> patterns = new ArrayList<>();
    for (String form : forms(group)) {
      String pattern = Wildcards.like(form);
      for (String start : pattern.startsWith("%") ? List.of("") : STARTS) {
        for (String end : pattern.endsWith("%") ? List.of("") : ENDS) {
          patterns.add(start + pattern + end);
        }
      }
    }
    Condition like = Condition.anyOf(patterns, one -> Condition.of(column + " like ?", one));
    return Ideographs.in(group)
        ? Condition.allOf(List.of(Ideographs.all(column, group), like))
        : like;
  }

  /** Family names have one character, seldom two. */
  private static List<String> forms(String group) {
    int start = group.startsWith("*") ? 1 : 0;
    int end = group.length() > start && group.endsWith("*") ? group.length() - 1 : group.length();
    String name = group.substring(start, end);
    List<String> forms = new ArrayList<>(List.of(group));
    if (Ideographs.nameAsOne(name)) {
      for (int characters = 1; characters <= 2; characters++) {
        if (name.codePointCount(0, name.length()) > characters) {
          int at = start + name.offsetByCodePoints(0, characters);
          forms.add(group.substring(0, at) + "^" + group.substring(at));
        }
      }
    }
    return forms;
  }

  private static String withoutEmptyEnd(String group) {
    int end = group.length();
    while (end > 0 && (group.charAt(end - 1) == '^' || group.charAt(end - 1) == ' ')) {
      end--;
    }
    return group.substring(0, end);
  }
}
