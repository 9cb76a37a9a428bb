package org.regionalpacs.standalone;

/**
 * What {@code ./pacs doctor} says of one thing.
 *
 * @param subject the thing, in a word
 * @param well whether nothing needs to be done
 * @param text what was found; where it isn't well, what to do too
 */
record Diagnosis(String subject, boolean well, String text) {
  static Diagnosis ok(String subject, String text) {
    return new Diagnosis(subject, true, text);
  }

  static Diagnosis trouble(String subject, String text) {
    return new Diagnosis(subject, false, text);
  }

  /** A line of the report. */
  String line() {
    return "%-8s %-11s %s".formatted(well ? "ok" : "TROUBLE", subject, text);
  }
}
