package org.regionalpacs.intake;

import java.util.concurrent.ArrayBlockingQueue;

/** Keeps buffers for reuse, so that a reception leaves no garbage of its objects' size. */
final class BufferPool {
  private final ArrayBlockingQueue<byte[]> free;
  private final int bufferSize;

  /**
   * @param kept at most so many buffers wait for their next use; more receptions at once get
   *     buffers that are not kept
   */
  BufferPool(int bufferSize, int kept) {
    this.bufferSize = bufferSize;
    this.free = new ArrayBlockingQueue<>(kept);
  }

  byte[] take() {
    byte[] buffer = free.poll();
    return buffer != null ? buffer : new byte[bufferSize];
  }

  void give(byte[] buffer) {
    free.offer(buffer);
  }
}
