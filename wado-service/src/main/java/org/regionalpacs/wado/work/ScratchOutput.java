package org.regionalpacs.wado.work;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.util.Optional;

/**
 * Bytes that are being made, first in the heap, then in a file. Who opened it closes it, unless
 * {@link #made} was called: then what that gave. Another thread may write; it fails when this is
 * closed under its hands.
 */
public final class ScratchOutput extends OutputStream {
  private final Scratch scratch;
  private final int inHeap;
  private ByteArrayOutputStream heap = new ByteArrayOutputStream();
  private Optional<FileChannel> file = Optional.empty();
  private long length;
  private boolean closed;

  ScratchOutput(Scratch scratch, int inHeap) {
    this.scratch = scratch;
    this.inHeap = inHeap;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int count) throws IOException {
    if (closed) {
      throw new ClosedChannelException();
    }
    if (file.isEmpty() && length + count <= inHeap) {
      heap.write(bytes, offset, count);
      length += count;
      return;
    }
    if (file.isEmpty()) {
      scratch.take(length);
      file = Optional.of(opened());
      append(ByteBuffer.wrap(heap.toByteArray()));
      heap = new ByteArrayOutputStream(0);
    }
    scratch.take(count);
    length += count;
    append(ByteBuffer.wrap(bytes, offset, count));
  }

  private FileChannel opened() throws IOException {
    try {
      return scratch.open();
    } catch (IOException e) {
      scratch.give(length);
      throw e;
    }
  }

  private void append(ByteBuffer bytes) throws IOException {
    FileChannel channel = file.orElseThrow();
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** All that was written. */
  public synchronized Made made() {
    return file.isPresent()
        ? new InFile(this, file.get(), length)
        : new Made.InHeap(heap.toByteArray());
  }

  /** Frees the space it takes. */
  @Override
  public synchronized void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    if (file.isPresent()) {
      scratch.give(length);
      file.get().close();
    }
  }

  /**
   * In a file.
   *
   * @param output that wrote it
   * @param channel of the file
   * @param length number of bytes
   */
  record InFile(ScratchOutput output, FileChannel channel, long length) implements Made {
    @Override
    public void copyTo(OutputStream out) throws IOException {
      channel.position(0);
      Channels.newInputStream(channel).transferTo(out);
    }

    @Override
    public Optional<byte[]> bytes() {
      return Optional.empty();
    }

    @Override
    public void close() throws IOException {
      output.close();
    }
  }
}
