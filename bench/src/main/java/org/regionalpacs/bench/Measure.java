package org.regionalpacs.bench;

/**
 * Something that is measured.
 *
 * @param name what is done
 * @param unit of its numbers
 * @param lessIsBetter whether a small number is a good one
 */
record Measure(String name, String unit, boolean lessIsBetter) {

  /** So many in a second. */
  static Measure rate(String name, String unit) {
    return new Measure(name, unit, false);
  }

  /** Milliseconds. */
  static Measure time(String name) {
    return new Measure(name, "ms", true);
  }

  String shown() {
    return name + ", " + unit;
  }
}
