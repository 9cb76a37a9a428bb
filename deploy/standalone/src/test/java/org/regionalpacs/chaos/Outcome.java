package org.regionalpacs.chaos;

/** What became of one sending of an object, as its sender knows. */
enum Outcome {
  /** Answered with success: it must be there for ever. */
  ACCEPTED,
  /** Answered with a failure: it must never be seen. */
  REFUSED,
  /** All of it may have been sent, and no answer came: it may be there or not. */
  UNKNOWN,
  /** It ended in the middle of the data set: it must never be seen. */
  CUT,
  /** Nothing of it was sent. */
  UNSENT,
  /** A deletion was answered with success: nothing of what was sent before may ever be seen. */
  DELETED,
  /** A deletion got no answer, or one that doesn't tell. */
  PERHAPS_DELETED
}
