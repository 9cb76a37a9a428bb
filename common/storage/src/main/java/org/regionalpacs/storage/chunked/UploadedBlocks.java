package org.regionalpacs.storage.chunked;

import java.io.IOException;
import java.util.Optional;

/**
 * The blocks of an upload that are in the store already, so that a broken one goes on. A block is
 * known by its number, its size and {@code upTo}: the SHA-256 of all content up to its end, which
 * the digest of the whole passes by anyway.
 */
interface UploadedBlocks extends AutoCloseable {

  /** The name to put a block under. */
  String name(int index, String upTo, int size);

  /** The id of a block that an earlier upload left, if it is still there. */
  Optional<String> find(int index, String upTo, int size) throws IOException;

  /** A block was stored. */
  void add(int index, String upTo, Block block) throws IOException;

  /** The manifest is stored: nothing is left to go on with. */
  void complete() throws IOException;

  /** Ends the upload; without {@link #complete} a later one may go on with the blocks. */
  @Override
  void close();
}
