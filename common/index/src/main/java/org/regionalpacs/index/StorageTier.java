package org.regionalpacs.index;

/**
 * What a tenant has in a place.
 *
 * @param store {@code online}, the name of an archive, or {@link #DERIVED}
 * @param node id of the node, of {@code online}; else empty
 * @param state as in {@code location}: {@code available}, {@code missing}, {@code damaged}; {@code
 *     evicted} is what isn't online any more and was
 * @param objects received objects, with versions that others took the place of and those that came
 *     again; of {@link #DERIVED}, documents and renditions
 * @param bytes theirs; those of a file that several receptions share count for each
 */
public record StorageTier(String store, String node, String state, long objects, long bytes) {
  /** The store of what is made of the objects; renditions count here, though archives have them. */
  public static final String DERIVED = "derived";
}
