package org.regionalpacs.storage;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.regionalpacs.index.ObjectLocation;

/** The online files of the nodes that aren't this host's. */
public interface OtherNodes {
  /** Where nothing is set up to reach them. */
  OtherNodes NONE =
      (place, _, _) -> {
        throw new ObjectUnavailableException("on node " + place.node());
      };

  /**
   * Opens a range of a file.
   *
   * @param place on a node
   * @param offset first byte
   * @param length number of bytes, all inside the file
   * @return exactly these bytes, in the sense of {@link BlobStore#get}; empty when that node says
   *     that the file isn't there, or has another length
   * @throws IOException when that node can't be asked; it proves nothing about the file
   */
  Optional<InputStream> open(ObjectLocation place, long offset, long length) throws IOException;

  /** Whether there is a way to a node: an address, and nothing known against it. */
  default boolean reaches(String node) {
    return false;
  }
}
