package org.regionalpacs.bench;

/**
 * Requests that are measured.
 *
 * @param what is asked for, in the plural
 * @param clients that ask at once
 * @param bytes whether bytes a second say more than answers a second
 */
record WebCase(String what, int clients, boolean bytes) {

  static WebCase of(String what, int clients) {
    return new WebCase(what, clients, false);
  }

  /** One whose answers are so large that their bytes count. */
  static WebCase ofBytes(String what, int clients) {
    return new WebCase(what, clients, true);
  }

  String title() {
    return "%s, %d client%s".formatted(what, clients, clients == 1 ? "" : "s");
  }

  Measure rate() {
    return Measure.rate(title(), bytes ? "MB/s" : "answers/s");
  }

  Measure median() {
    return Measure.time(title() + ", median");
  }

  Measure slow() {
    return Measure.time(title() + ", 95 % within");
  }
}
