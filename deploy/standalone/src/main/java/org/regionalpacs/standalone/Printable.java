package org.regionalpacs.standalone;

/** Texts of strangers for a terminal: control characters could do anything there. */
final class Printable {
  private Printable() {}

  static String of(String text) {
    return text.replaceAll("[\\p{Cntrl}\\u0080-\\u009f]+", " ").strip();
  }

  /** In at most so many characters. */
  static String of(String text, int most) {
    String line = of(text);
    return line.length() <= most ? line : line.substring(0, most - 1) + "…";
  }
}
