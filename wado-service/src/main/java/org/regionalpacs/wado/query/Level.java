package org.regionalpacs.wado.query;

/** The levels of the study root information model, from the top. */
enum Level {
  STUDY,
  SERIES,
  INSTANCE;

  boolean below(Level other) {
    return compareTo(other) > 0;
  }
}
