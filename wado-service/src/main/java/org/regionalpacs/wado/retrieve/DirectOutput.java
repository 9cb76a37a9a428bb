package org.regionalpacs.wado.retrieve;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.regionalpacs.wado.web.BodySource;

/**
 * Sends pieces of files, with a few bytes in between, by large buffers outside of the heap: the
 * system reads a file into one and writes it to the socket, and nobody copies in between. For that,
 * what goes to the server is as long as the buffer that it would collect smaller pieces in, which
 * {@link #SIZE} is to be.
 */
final class DirectOutput extends OutputStream {
  /** Bytes of a buffer. */
  static final int SIZE = 128 * 1024;

  private static final int MOST = 64;
  private static final int SMALL = 16 * 1024;
  private static final ArrayBlockingQueue<ByteBuffer> FREE = new ArrayBlockingQueue<>(MOST);
  private static final AtomicInteger MADE = new AtomicInteger();

  private final Pieces out;
  private final ByteBuffer buffer;
  private final boolean taken;

  /** Takes what is sent, a buffer's content at a time: full ones, and a last one. */
  @FunctionalInterface
  interface Pieces {
    /** Takes all of a piece before it returns. */
    void write(ByteBuffer piece) throws IOException;
  }

  /**
   * @param out waits until what it is given is on its way
   */
  DirectOutput(ServletOutputStream out) {
    this.out = out::write;
    this.buffer = take();
    this.taken = true;
  }

  /**
   * Sends by a buffer of somebody else's.
   *
   * @param buffer of {@link #SIZE} bytes outside of the heap, empty
   */
  DirectOutput(Pieces out, ByteBuffer buffer) {
    this.out = out;
    this.buffer = buffer;
    this.taken = false;
  }

  /**
   * Makes a response ready for large pieces, before anything is written to it. Not one of HTTP/2:
   * its streams copy through small buffers, and would keep a large one for each.
   */
  static void prepare(HttpServletRequest request, HttpServletResponse response) {
    if (!request.getProtocol().startsWith("HTTP/2")) {
      response.setBufferSize(SIZE);
    }
  }

  /** When very many are sent at the same time, a small one in the heap will do. */
  private static ByteBuffer take() {
    ByteBuffer free = FREE.poll();
    if (free != null) {
      return free;
    }
    if (MADE.get() < MOST && MADE.incrementAndGet() <= MOST) {
      return ByteBuffer.allocateDirect(SIZE);
    }
    return ByteBuffer.allocate(SMALL);
  }

  /**
   * Sends a piece of a file.
   *
   * @throws EOFException when the file ends before
   */
  void write(FileChannel file, long offset, long length) throws IOException {
    long end = offset + length;
    long position = offset;
    while (position < end) {
      room();
      buffer.limit((int) Math.min(buffer.capacity(), buffer.position() + (end - position)));
      int count = file.read(buffer, position);
      buffer.limit(buffer.capacity());
      if (count < 0) {
        throw new EOFException("the file was cut at " + position);
      }
      position += count;
    }
  }

  /** Sends what a file still has. */
  void write(ReadableByteChannel file) throws IOException {
    do {
      room();
    } while (file.read(buffer) >= 0);
  }

  /** Sends a body through one, its parts' heads with it. */
  static void send(BodySource body, ServletOutputStream client) throws IOException {
    try (DirectOutput out = new DirectOutput(client)) {
      body.writeTo(out);
      out.finish();
    }
  }

  @Override
  public void write(int b) throws IOException {
    room();
    buffer.put((byte) b);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int from = offset;
    while (from < offset + length) {
      room();
      int count = Math.min(buffer.remaining(), offset + length - from);
      buffer.put(bytes, from, count);
      from += count;
    }
  }

  private void room() throws IOException {
    if (!buffer.hasRemaining()) {
      send();
    }
  }

  private void send() throws IOException {
    buffer.flip();
    out.write(buffer);
    buffer.clear();
  }

  /** Sends what is left. */
  void finish() throws IOException {
    if (buffer.position() > 0) {
      send();
    }
  }

  /** Gives its buffer back; what wasn't sent is dropped. */
  @Override
  public void close() {
    if (taken && buffer.isDirect()) {
      FREE.offer(buffer.clear());
    }
  }
}
