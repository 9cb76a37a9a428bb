package org.regionalpacs.storage.chunked;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.zip.CRC32;
import org.regionalpacs.storage.BlobCorruptException;
import org.regionalpacs.storage.BlobMissingException;
import org.regionalpacs.storage.BlobStore;

/** A range across blocks. The next block is opened while one is read. */
final class BlockStream extends InputStream {
  private final BlobStore store;
  private final Iterator<Part> rest;
  private Optional<CompletableFuture<InputStream>> next = Optional.empty();
  private Optional<Part> nextPart = Optional.empty();
  private Part part;
  private InputStream in = InputStream.nullInputStream();
  private CRC32 crc = new CRC32();
  private long left;
  private boolean closed;

  /** What a range takes of a block. */
  record Part(Block block, long offset, long length) {
    boolean whole() {
      return length == block.size();
    }
  }

  private BlockStream(BlobStore store, List<Part> parts) {
    this.store = store;
    this.rest = parts.iterator();
    this.part = parts.getFirst();
  }

  /**
   * Opens a range.
   *
   * @param parts one or more
   */
  static BlockStream open(BlobStore store, List<Part> parts) throws IOException {
    BlockStream stream = new BlockStream(store, parts);
    stream.prefetch();
    try {
      stream.turn();
    } catch (IOException e) {
      stream.close();
      throw e;
    }
    return stream;
  }

  private void prefetch() {
    nextPart = rest.hasNext() ? Optional.of(rest.next()) : Optional.empty();
    next = nextPart.map(this::openInBackground);
  }

  private CompletableFuture<InputStream> openInBackground(Part wanted) {
    CompletableFuture<InputStream> opened = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            InputStream stream = store.get(wanted.block().id(), wanted.offset(), wanted.length());
            if (!opened.complete(stream)) {
              stream.close();
            }
          } catch (IOException | RuntimeException e) {
            opened.completeExceptionally(e);
          }
        });
    return opened;
  }

  /** Goes on to the next part, which was opened before. */
  private void turn() throws IOException {
    in.close();
    part = nextPart.orElseThrow();
    left = part.length();
    crc = new CRC32();
    in = opened(next.orElseThrow());
    prefetch();
  }

  private InputStream opened(CompletableFuture<InputStream> stream) throws IOException {
    try {
      return stream.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    }
  }

  private IOException failure(Throwable cause) {
    return switch (cause) {
      // The manifest is there, so something else than a delete has taken the block, or one is under
      // way: nobody may conclude that the blob is gone.
      case BlobMissingException e ->
          new BlobCorruptException(store.name(), part.block().id(), e.getMessage());
      case IOException e -> e;
      default -> new IOException(cause);
    };
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] to, int at, int wanted) throws IOException {
    Objects.checkFromIndexSize(at, wanted, to.length);
    if (closed) {
      throw new IOException("closed");
    }
    if (wanted == 0) {
      return 0;
    }
    if (left == 0) {
      if (nextPart.isEmpty()) {
        return -1;
      }
      turn();
    }
    int count = in.read(to, at, wanted);
    if (count < 0) {
      throw new BlobCorruptException(store.name(), part.block().id(), "it ends early");
    }
    left -= count;
    crc.update(to, at, count);
    if (left == 0 && part.whole() && (int) crc.getValue() != part.block().crc()) {
      close();
      throw new BlobCorruptException(
          store.name(), part.block().id(), "its CRC32 is " + Long.toHexString(crc.getValue()));
    }
    return count;
  }

  @Override
  public void close() throws IOException {
    closed = true;
    in.close();
    if (next.isPresent()) {
      CompletableFuture<InputStream> opening = next.get();
      // Whoever is later closes it.
      if (!opening.cancel(false) && !opening.isCompletedExceptionally()) {
        opened(opening).close();
      }
    }
  }
}
