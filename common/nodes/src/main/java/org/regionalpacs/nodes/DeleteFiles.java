package org.regionalpacs.nodes;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Arguments of the task that removes the online files of deleted objects.
 *
 * @param files what is to be removed
 */
public record DeleteFiles(List<File> files) {
  /** The kind of task. */
  public static final String KIND = "delete-files";

  /**
   * An online file.
   *
   * @param path relative to the node's ROOT, with {@code /}
   * @param receptionId the deleted object: a file of another object in its place is left alone
   * @param cutoff an object that was stored again at this time or later is a new object
   */
  public record File(String path, UUID receptionId, Instant cutoff) {}
}
