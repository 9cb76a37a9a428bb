package org.regionalpacs.warehouse.doris;

/** How one request to load ended. */
sealed interface LoadOutcome {

  /** The rows are in the table. */
  record Committed() implements LoadOutcome {}

  /** They were before, under this label. */
  record CommittedBefore() implements LoadOutcome {}

  /** A load with this label is under way. */
  record UnderWay() implements LoadOutcome {}

  /** Rows don't fit; nothing was loaded. */
  record Refused(String reason) implements LoadOutcome {}

  /** It doesn't take compressed JSON; nothing was loaded. */
  record NotCompressed() implements LoadOutcome {}

  /** The user, its password or its rights were refused; nothing was loaded. */
  record Denied(String reason) implements LoadOutcome {}

  /** Nothing was loaded. */
  record NotLoaded(String reason) implements LoadOutcome {}

  /** It isn't known whether the rows were loaded. */
  record Unknown(String reason) implements LoadOutcome {}
}
