package org.regionalpacs.nodes;

import java.util.UUID;

/**
 * The task of comparing a node's online files with the index and the archive.
 *
 * @param run the row of {@code reconcile_run}
 */
public record ReconcileTask(UUID run) {
  /** The kind of task. */
  public static final String KIND = "reconcile";

  /**
   * How a run ended.
   *
   * @param files looked at
   * @param findings of all kinds
   * @param losses those of bytes that are no longer there
   */
  public record Result(long files, long findings, long losses) {}
}
