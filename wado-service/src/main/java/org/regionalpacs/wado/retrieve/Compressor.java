package org.regionalpacs.wado.retrieve;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;

/**
 * Compresses bodies, one after the other, each piece by piece between buffers outside of the heap.
 * Of one thread at a time; closing it gives its memory back.
 */
sealed interface Compressor extends AutoCloseable permits ZstdCompressor, GzipCompressor {
  /** Bytes that have to be free where something is compressed to. */
  int ROOM = 32;

  /**
   * Begins a body; what was left of another one is forgotten.
   *
   * @param length its bytes, if known: then so many must come
   */
  void begin(OptionalLong length);

  /**
   * Compresses a piece, so that it can be read without what comes after it.
   *
   * @param piece what isn't compressed yet of it
   * @param out takes what was compressed; {@link #ROOM} bytes of room at least
   * @param last whether the body ends with it
   * @return whether all of it is in {@code out}; otherwise that is full, and the rest of the same
   *     piece is for another
   */
  boolean compress(ByteBuffer piece, ByteBuffer out, boolean last) throws IOException;

  @Override
  void close();
}
