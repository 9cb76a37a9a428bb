package org.regionalpacs.index;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a batch did. A repeat of the batch changes nothing but names the same series and current
 * instances again: whoever publishes them and dies before the offsets are committed publishes them
 * when the batch comes again.
 *
 * @param series the state of every series of the batch after it
 * @param current the objects of the batch that are now the current version of their instance
 * @param changed those of them that were not before
 * @param conflicts how many objects disagree with the index and weren't known to
 */
public record IndexResult(
    List<SeriesState> series,
    List<IndexedInstance> current,
    List<IndexedInstance> changed,
    Map<ConflictKind, Integer> conflicts) {

  /** A batch without objects. */
  static final IndexResult NOTHING = new IndexResult(List.of(), List.of(), List.of(), Map.of());

  /** The same with what a second look found. */
  IndexResult with(Map<ConflictKind, Integer> more) {
    if (more.isEmpty()) {
      return this;
    }
    Map<ConflictKind, Integer> all = new EnumMap<>(ConflictKind.class);
    all.putAll(conflicts);
    more.forEach((kind, objects) -> all.merge(kind, objects, Integer::sum));
    return new IndexResult(series, current, changed, all);
  }
}
