package org.regionalpacs.storage;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Keeps blobs: named, immutable sequences of bytes. This page is the contract; {@code
 * BlobStoreContract} tests every store and every decorator against it.
 *
 * <p><b>Names.</b> Relative paths of one to six parts joined by {@code /}, each part 1 to 200
 * characters of letters, digits, {@code . - _} and not starting with a dot; anything else is an
 * {@link IllegalArgumentException}. A store either keeps blobs under the names that it is given,
 * and then a name in use is never written again with other content, or it gives each blob an id of
 * its own choice. A caller keeps the id of {@link StoredBlob} and reads by that. An id that the
 * store can never have given is an {@link IllegalArgumentException} too.
 *
 * <p><b>Errors.</b> Every operation ends, within a time that the store knows, with a result or with
 * one of these:
 *
 * <ul>
 *   <li>{@link BlobMissingException}: the store is sure that there is no such blob. Only this
 *       allows a caller to forget the blob.
 *   <li>{@link BlobStoreUnreachableException}: the store, or the part of it that would know, didn't
 *       answer in time. It proves nothing about the blob; the same call may succeed later.
 *   <li>{@link BlobStoreFullException}: no room for the blob now.
 *   <li>{@link BlobCorruptException}: what is kept, or what arrived, isn't what was put.
 *   <li>{@link BlobCollisionException}: the name has other content.
 *   <li>Another {@link IOException}: the caller's content, or the store, failed in a way that may
 *       heal or not; like unreachable, it proves nothing.
 * </ul>
 *
 * <p><b>Threads.</b> All methods may be called from many threads at once, for the same blob too.
 * The stream of a {@link #get} is for one thread at a time. An interrupt of the calling thread may
 * end an operation early with an {@link IOException}.
 *
 * <p><b>Memory.</b> No operation holds a blob in the heap; what it holds doesn't grow with the
 * blob.
 *
 * <p>Several objects may share one blob: a location is a blob's id, an offset and a length, and
 * {@link #get} reads just that.
 */
public interface BlobStore {

  /** A short name of this store, such as {@code local}; it is recorded with each location. */
  String name();

  /** Whether blobs have the names that they are put under; else the store chooses their ids. */
  default boolean keepsNames() {
    return true;
  }

  /**
   * What a blob that this host makes is to be called, where each host keeps its own: readers find
   * it by that.
   *
   * @param name of one to five parts
   */
  default String nameHere(String name) throws IOException {
    return name;
  }

  /**
   * Stores a blob, durably as far as the store can: when this returns, a crash of this process
   * doesn't lose it. Atomic: readers see nothing or all of it. Storing identical content under a
   * name again is a success; where names are kept it changes nothing, elsewhere it may make a
   * second blob.
   *
   * <p>After an error nothing is visible under {@code name}. Where the outcome of the last attempt
   * is unknown, a blob that nobody knows the id of may be left; the store lists these.
   *
   * @param name the wanted name
   * @param content read to its end, not closed
   * @param length bytes in {@code content}, or -1 when unknown
   * @return the id to read it by; the store may choose another than {@code name}
   * @throws IOException when content isn't of this length, can't be read or can't be kept
   * @throws BlobCollisionException when other content has that name
   * @throws BlobStoreFullException when there is no room
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
   * Stores the content of a file and some more bytes behind it as one blob, with the promises of
   * {@link #put}.
   *
   * @param tail a few kilobytes at most
   */
  default StoredBlob putFile(String name, Path file, byte[] tail) throws IOException {
    try (InputStream content =
        new SequenceInputStream(Files.newInputStream(file), new ByteArrayInputStream(tail))) {
      return put(name, content, Files.size(file) + tail.length);
    }
  }

  /**
   * Stores the first bytes of an array, with the promises of {@link #put}. The array may be used
   * for something else when this has returned.
   *
   * @param length how many of them
   */
  default StoredBlob putBytes(String name, byte[] bytes, int length) throws IOException {
    return put(name, new ByteArrayInputStream(bytes, 0, length), length);
  }

  /**
   * Opens a range of a blob. Only the range moves. The stream gives exactly that range: its {@code
   * read} throws rather than end early, however slowly it is read. Closing it early is cheap and
   * ends the transfer; not closing it leaks one.
   *
   * @param offset first byte, 0 or more
   * @param length number of bytes, or -1 for all that follow
   * @return a stream of exactly that range
   * @throws java.io.EOFException when the range isn't inside the blob
   * @throws BlobMissingException here or from the first {@code read}
   */
  InputStream get(String id, long offset, long length) throws IOException;

  /** Size of a blob, empty when the store is sure that it isn't there. */
  Optional<StoredBlob> stat(String id) throws IOException;

  /** Deletes a blob, durably. Deleting what isn't there is a success. */
  void delete(String id) throws IOException;

  /**
   * SHA-256 of a blob, in lower-case hexadecimal digits. The bytes are read back from where they
   * are kept, all of them, each time: this is the proof that a copy exists before another one goes.
   *
   * @throws BlobMissingException when there is no such blob
   */
  default String digest(String id) throws IOException {
    try (InputStream content = get(id, 0, -1)) {
      return ContentDigest.of(content);
    }
  }

  /**
   * What tells how to put the blob together, where it is kept in several parts: the store has it
   * too, and whoever keeps it beside the blob's id can give it back when that is lost.
   *
   * @return empty when the blob is in one piece
   */
  default Optional<String> blockList(String id) throws IOException {
    return Optional.empty();
  }

  /**
   * A stored blob.
   *
   * @param id what {@link #get} takes
   * @param size bytes
   */
  record StoredBlob(String id, long size) {}
}
