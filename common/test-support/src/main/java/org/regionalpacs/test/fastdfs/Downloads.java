package org.regionalpacs.test.fastdfs;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/** Command 14: sends a range of a file, clipped to its end. */
final class Downloads {
  private static final int BUFFER = 64 * 1024;

  private final Faults faults;
  private final BooleanSupplier killed;
  private final AtomicLong sent = new AtomicLong();

  Downloads(Faults faults, BooleanSupplier killed) {
    this.faults = faults;
    this.killed = killed;
  }

  /** Bytes of files that were sent since the start. */
  long sent() {
    return sent.get();
  }

  /**
   * @param length 0 for all that follows
   * @throws Status 22 when there is no such byte
   */
  void send(Exchange exchange, Path file, long offset, long length)
      throws IOException, Status, InterruptedException {
    long size = Files.size(file);
    if (offset < 0 || length < 0 || offset >= size) {
      throw new Status(Status.INVALID);
    }
    long rest = length == 0 ? size - offset : Math.min(length, size - offset);
    try (InputStream in = Files.newInputStream(file)) {
      in.skipNBytes(offset);
      switch (exchange.fault.orElse(new Fault.SplitHeader())) {
        case Fault.TruncateDownload(long after) -> {
          copy(in, exchange.ok(rest), Math.min(after, rest));
          throw new IOException("fault");
        }
        case Fault.HangDownload(long after) -> {
          copy(in, exchange.ok(rest), Math.min(after, rest));
          faults.hang(killed);
          throw new IOException("fault");
        }
        case Fault.ShortenDownload(long bytes) -> copy(in, exchange.ok(bytes), bytes);
        case Fault.CorruptDownload() -> {
          OutputStream out = exchange.ok(rest);
          out.write(in.read() ^ 1);
          copy(in, out, rest - 1);
        }
        default -> copy(in, exchange.ok(rest), rest);
      }
    }
  }

  private void copy(InputStream in, OutputStream out, long length) throws IOException {
    byte[] buffer = new byte[BUFFER];
    for (long left = length; left > 0; ) {
      int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (count < 0) {
        throw new IOException("the file ended");
      }
      // Before somebody can have got it.
      sent.addAndGet(count);
      out.write(buffer, 0, count);
      left -= count;
    }
    out.flush();
  }
}
