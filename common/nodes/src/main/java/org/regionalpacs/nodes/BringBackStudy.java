package org.regionalpacs.nodes;

import java.util.Map;

/**
 * Arguments of the task that brings the evicted files of a study back from the archive.
 *
 * @param tenant the hospital
 * @param study Study Instance UID
 */
public record BringBackStudy(String tenant, String study) {
  /** The kind of task. */
  public static final String KIND = "bring-back";

  /**
   * What became of them.
   *
   * @param objects whose files are back
   * @param bytes of these
   * @param refused objects that are not back, by reason
   */
  public record Result(long objects, long bytes, Map<String, Long> refused) {}
}
