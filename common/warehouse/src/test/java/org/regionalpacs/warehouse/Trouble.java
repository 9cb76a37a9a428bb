package org.regionalpacs.warehouse;

/** What may be wrong with a warehouse's server. */
public enum Trouble {
  /** Nobody answers at its address, and who was connected is cut off. */
  DOWN,
  /** It takes connections and requests and answers nothing. */
  SILENT,
  /** The connection breaks when some of a batch's rows have gone there. */
  BREAKS_IN_A_BATCH
}
