package org.regionalpacs.bench;

/**
 * The line between browser and archive.
 *
 * @param megabits a second that pass; 0: as many as there are, without a delay
 */
record ViewerLine(int megabits) {
  private static final double MEGABIT = 1e6;

  static final ViewerLine UNSHAPED = new ViewerLine(0);

  boolean shaped() {
    return megabits > 0;
  }

  double bitsPerSecond() {
    return megabits * MEGABIT;
  }

  String shown() {
    return shaped() ? megabits + " Mbit/s" : "this machine";
  }

  /** With nothing of the viewer in the browser's cache. */
  Measure firstEver() {
    return Measure.time("first image, empty cache, " + shown());
  }

  /** From the product's start page, in a browser that never had the viewer. */
  Measure fromStartPage() {
    return Measure.time("first image, from the start page, first visit, " + shown());
  }

  /** The page's picture of it, with nothing of the viewer in the browser's cache. */
  Measure previewEver() {
    return Measure.time("preview of the first image, empty cache, " + shown());
  }

  /** The same with the viewer in the browser's cache. */
  Measure preview() {
    return Measure.time("preview of the first image, " + shown());
  }

  /** With the viewer in the browser's cache, as on every day but the first. */
  Measure first() {
    return Measure.time("first image, " + shown());
  }

  Measure last() {
    return Measure.time("last image, " + shown());
  }
}
