package org.regionalpacs.wado.query;

import java.time.ZoneOffset;
import java.util.Optional;

/**
 * How a request wants values to be compared (PS3.18 8.3.4.2, 8.3.4.5, 8.3.4.6).
 *
 * @param fuzzyNames names that are alike match too
 * @param emptyValues {@link #EMPTY} matches what has no value
 * @param multipleValues a backslash separates values one of which must match
 * @param zone that of the request's dates and times, if it names one
 */
record MatchOptions(
    boolean fuzzyNames, boolean emptyValues, boolean multipleValues, Optional<ZoneOffset> zone) {

  /** The value that stands for none (PS3.4 C.2.2.2.7). */
  static final String EMPTY = "\"\"";

  /** Compares as PS3.4 does when nothing is negotiated. */
  static final MatchOptions LITERAL = new MatchOptions(false, false, false, Optional.empty());
}
