package org.regionalpacs.storage;

import java.util.ArrayList;
import java.util.List;

/**
 * The archive, and those that were the archive before: what they hold stays readable, and goes when
 * its object is deleted.
 *
 * @param current what takes new objects
 * @param former the others
 */
public record ArchiveStores(BlobStore current, List<BlobStore> former) {
  public ArchiveStores {
    former = List.copyOf(former);
  }

  /** All of them, the current one first. */
  public List<BlobStore> all() {
    List<BlobStore> all = new ArrayList<>(List.of(current));
    all.addAll(former);
    return List.copyOf(all);
  }
}
