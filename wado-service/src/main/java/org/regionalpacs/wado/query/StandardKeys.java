package org.regionalpacs.wado.query;

import java.util.List;
import java.util.Optional;

/** What can be searched by without extended query tags. */
public final class StandardKeys {
  private StandardKeys() {}

  /**
   * Whether it is an attribute that is always indexed.
   *
   * @param path its tag; of an attribute in items the sequence's before it
   */
  public static boolean contains(List<Integer> path) {
    return path.size() == 1 && MatchKey.of(path.getFirst()).isPresent()
        || SequenceKey.of(path).isPresent();
  }

  /** The path that a keyword or hex digits name, joined by dots; see {@link AttributeNames}. */
  public static Optional<List<Integer>> path(String name) {
    return AttributeNames.path(name);
  }
}
