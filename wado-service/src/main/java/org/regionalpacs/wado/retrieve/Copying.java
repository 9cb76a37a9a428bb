package org.regionalpacs.wado.retrieve;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.ReadableByteChannel;
import java.util.concurrent.ArrayBlockingQueue;

/**
 * Copies streams through a few large buffers that are used again; a file on its way to a client
 * through the one that it has outside of the heap.
 */
final class Copying {
  private static final int BUFFER = 128 * 1024;
  private static final ArrayBlockingQueue<byte[]> FREE = new ArrayBlockingQueue<>(64);

  private Copying() {}

  /** Copies to the end. */
  static void copy(InputStream in, OutputStream out) throws IOException {
    if (in instanceof ReadableByteChannel file && out instanceof DirectOutput client) {
      client.write(file);
      return;
    }
    byte[] free = FREE.poll();
    byte[] buffer = free == null ? new byte[BUFFER] : free;
    try {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        out.write(buffer, 0, n);
      }
    } finally {
      FREE.offer(buffer);
    }
  }
}
