package org.regionalpacs.wado.query;

/** Whether a key may be all that a search names. */
enum Reach {
  /** There is an index for it, in which every value has a few rows: the plan is always the same. */
  SINGLE,
  /** There is an index for it. */
  INDEXED,
  /** It only narrows what another key finds; alone it would read whole tables. */
  NARROWING
}
