package org.regionalpacs.index;

import java.util.List;

/**
 * What a batch did. A repeat of the batch changes nothing but names the same series and current
 * instances again: whoever publishes them and dies before the offsets are committed publishes them
 * when the batch comes again.
 *
 * @param series the state of every series of the batch after it
 * @param current the objects of the batch that are now the current version of their instance
 * @param changed those of them that were not before
 */
public record IndexResult(
    List<SeriesState> series, List<IndexedInstance> current, List<IndexedInstance> changed) {

  /** A batch without objects. */
  static final IndexResult NOTHING = new IndexResult(List.of(), List.of(), List.of());
}
