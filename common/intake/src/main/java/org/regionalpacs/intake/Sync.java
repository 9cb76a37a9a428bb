package org.regionalpacs.intake;

/** How bytes are made durable before a success is answered. */
public enum Sync {
  /** Write through the page cache, then flush file and folder once. The default. */
  FSYNC,
  /** Every write waits for the disk ({@code O_DSYNC}); folders are flushed. */
  DSYNC,
  /** Leave it to the operating system: a power cut loses accepted objects. For tests only. */
  NONE
}
