package org.regionalpacs.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Keeps blobs: named, immutable sequences of bytes.
 *
 * <p>Names are relative paths of one to six parts joined by {@code /}, each part 1 to 200
 * characters of letters, digits, {@code . - _} and not starting with a dot; anything else is an
 * {@link IllegalArgumentException}. A name that is in use is never written again with other
 * content.
 *
 * <p>All methods may be called from many threads at once. Every operation ends: with a result, with
 * {@link BlobMissingException} when the store is sure that there is no such blob, or with another
 * {@link IOException} when the store can't be reached or fails, which proves nothing about the
 * blob.
 */
public interface BlobStore {

  /** A short name of this store, such as {@code local}; it is recorded with each location. */
  String name();

  /**
   * Stores a blob, durably: when this returns, a crash doesn't lose it. Atomic: readers see nothing
   * or all of it. Storing identical content under a name again is a success that changes nothing.
   *
   * @param name the wanted name
   * @param content read to its end, not closed
   * @param length bytes in {@code content}, or -1 when unknown
   * @return the id to read it by; the store may choose another than {@code name}
   * @throws IOException when content ends early, can't be read or can't be kept; then no blob
   *     becomes visible
   * @throws BlobCollisionException when other content has that name
   */
  StoredBlob put(String name, InputStream content, long length) throws IOException;

  /**
   * Stores the content of a file, with the promises of {@link #put}. The file is never changed in
   * place later, so a store on the same volume may share its bytes.
   */
  default StoredBlob putFile(String name, Path file) throws IOException {
    try (InputStream content = Files.newInputStream(file)) {
      return put(name, content, Files.size(file));
    }
  }

  /**
   * Opens a range of a blob.
   *
   * @param offset first byte, 0 or more
   * @param length number of bytes, or -1 for all that follow
   * @return a stream of exactly that range; its {@code read} throws rather than end early. A range
   *     beyond the end of the blob is an {@link java.io.EOFException}.
   */
  InputStream get(String id, long offset, long length) throws IOException;

  /** Size of a blob, empty when it isn't there. */
  Optional<StoredBlob> stat(String id) throws IOException;

  /** Deletes a blob, durably. Deleting what isn't there is a success. */
  void delete(String id) throws IOException;

  /**
   * A stored blob.
   *
   * @param id what {@link #get} takes
   * @param size bytes
   */
  record StoredBlob(String id, long size) {}
}
