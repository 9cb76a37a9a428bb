package org.regionalpacs.storage.chunked;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.zip.CRC32;
import org.regionalpacs.storage.BlobStore;
import org.regionalpacs.storage.ContentDigest;

/**
 * Splits content into blocks and stores them side by side, while it reads on. When one fails, those
 * under way are ended and listed, so that the next try needn't repeat them.
 */
final class BlockUpload {
  private final BlobStore store;
  private final UploadedBlocks uploaded;
  private final Buffers buffers;
  private final Semaphore parallel;
  private final MessageDigest digest = ContentDigest.sha256();
  private final List<Future<Block>> blocks = new ArrayList<>();

  BlockUpload(BlobStore store, UploadedBlocks uploaded, Buffers buffers, int parallel) {
    this.store = store;
    this.uploaded = uploaded;
    this.buffers = buffers;
    this.parallel = new Semaphore(parallel);
  }

  /**
   * Reads content to its end.
   *
   * @param first a full buffer that goes before it and is given back
   * @param length bytes in all, or -1 when unknown
   */
  Manifest run(Optional<byte[]> first, InputStream content, long length) throws IOException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      long size = 0;
      if (first.isPresent()) {
        acquire();
        begin(first.get(), first.get().length, threads);
      }
      while (next(content, threads)) {
        requireNoFailure();
      }
      List<Block> stored = new ArrayList<>();
      for (Future<Block> block : blocks) {
        stored.add(result(block));
        size += stored.getLast().size();
      }
      if (length >= 0 && size != length) {
        throw new EOFException("content has " + size + " bytes, not " + length);
      }
      return new Manifest(ContentDigest.hex(digest), List.copyOf(stored));
    }
  }

  /**
   * Reads a block and begins to store it.
   *
   * @return whether another may follow
   */
  private boolean next(InputStream content, ExecutorService threads) throws IOException {
    acquire();
    boolean handed = false;
    byte[] buffer = new byte[0];
    try {
      buffer = buffers.take();
      byte[] bytes = buffer;
      int count = content.readNBytes(bytes, 0, bytes.length);
      if (count > 0) {
        begin(bytes, count, threads);
        handed = true;
      }
      return count == bytes.length;
    } finally {
      if (!handed) {
        release(buffer);
      }
    }
  }

  private void begin(byte[] bytes, int count, ExecutorService threads) {
    digest.update(bytes, 0, count);
    String upTo = soFar();
    int index = blocks.size();
    blocks.add(threads.submit(() -> store(index, upTo, bytes, count)));
  }

  /** The digest of what was read, which goes on. */
  private String soFar() {
    try {
      return ContentDigest.hex((MessageDigest) digest.clone());
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("every SHA-256 of Java's own can be copied", e);
    }
  }

  private void acquire() throws IOException {
    try {
      parallel.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  private void release(byte[] buffer) {
    if (buffer.length > 0) {
      buffers.give(buffer);
    }
    parallel.release();
  }

  private Block store(int index, String upTo, byte[] bytes, int count) throws IOException {
    try {
      CRC32 crc = new CRC32();
      crc.update(bytes, 0, count);
      Optional<String> known = uploaded.find(index, upTo, count);
      String id =
          known.isPresent()
              ? known.get()
              : store.putBytes(uploaded.name(index, upTo, count), bytes, count).id();
      Block block = new Block(id, count, (int) crc.getValue());
      if (known.isEmpty()) {
        uploaded.add(index, upTo, block);
      }
      return block;
    } finally {
      release(bytes);
    }
  }

  private void requireNoFailure() throws IOException {
    for (Future<Block> block : blocks) {
      if (block.state() == Future.State.FAILED) {
        result(block);
      }
    }
  }

  private static Block result(Future<Block> block) throws IOException {
    try {
      return block.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
    }
  }
}
