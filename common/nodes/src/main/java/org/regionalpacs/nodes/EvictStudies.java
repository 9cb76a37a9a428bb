package org.regionalpacs.nodes;

import java.util.List;
import java.util.Map;

/**
 * Arguments of the task that evicts online files of studies whose archived copies are whole.
 *
 * @param studies in the order in which they are to go
 */
public record EvictStudies(List<Study> studies) {
  /** The kind of task. */
  public static final String KIND = "evict-studies";

  /**
   * A study.
   *
   * @param tenant the hospital
   * @param study Study Instance UID
   */
  public record Study(String tenant, String study) {}

  /**
   * What became of them.
   *
   * @param objects whose files are gone
   * @param bytes of these
   * @param refused files that stay, by reason
   */
  public record Result(long objects, long bytes, Map<String, Long> refused) {}
}
