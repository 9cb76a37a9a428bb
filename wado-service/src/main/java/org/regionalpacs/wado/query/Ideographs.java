package org.regionalpacs.wado.query;

import java.util.regex.Pattern;

/** Characters that are words: Chinese ones, and Japanese syllables. */
final class Ideographs {
  /** As in {@code name_tokens} of the index. */
  private static final String CLASS =
      "[\\x{2E80}-\\x{9FFF}\\x{F900}-\\x{FAFF}\\x{20000}-\\x{3FFFF}]";

  private static final Pattern ANY = Pattern.compile(CLASS);
  private static final Pattern NAME_AS_ONE = Pattern.compile(CLASS + "{2,4}");

  private Ideographs() {}

  static boolean in(String text) {
    return ANY.matcher(text).find();
  }

  /** Whether it may be a family and a given name without the sign between them. */
  static boolean nameAsOne(String text) {
    return NAME_AS_ONE.matcher(text).matches();
  }

  /**
   * Names that have all the ideographs of a text. There is an index for it, while that of three
   * letters in a row knows ideographs only in some databases.
   */
  static Condition all(String column, String text) {
    String[] each =
        ANY.matcher(text).results().map(found -> found.group()).distinct().toArray(String[]::new);
    return Condition.of("name_tokens(" + column + ") @> ?::text[]", (Object) each);
  }
}
