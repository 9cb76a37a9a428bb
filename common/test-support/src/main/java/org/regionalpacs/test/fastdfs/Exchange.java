package org.regionalpacs.test.fastdfs;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** One request and its answer. */
final class Exchange {
  private static final long BETWEEN_SEGMENTS = Duration.ofMillis(60).toNanos();

  final int command;
  final long length;
  final DataInputStream in;
  final Optional<Fault> fault;
  private final OutputStream out;
  private boolean unread = true;

  Exchange(int command, long length, DataInputStream in, Optional<Fault> fault, OutputStream out) {
    this.command = command;
    this.length = length;
    this.in = in;
    this.fault = fault;
    this.out = out;
  }

  /**
   * Reads the whole body.
   *
   * @throws Status 22 when its length isn't between the two
   */
  byte[] body(int least, int most) throws IOException, Status {
    if (length < least || length > most) {
      throw new Status(Status.INVALID);
    }
    unread = false;
    return in.readNBytes((int) length);
  }

  /** Whether the body wasn't read, so that the next request can't be found. */
  boolean unread() {
    return unread && length > 0;
  }

  void read() {
    unread = false;
  }

  /** Answers with status 0 and this body. */
  void ok(byte[] body) throws IOException {
    OutputStream to = ok(body.length);
    to.write(body);
    to.flush();
  }

  /** Answers with status 0; the caller writes the body and flushes it. */
  OutputStream ok(long bodyLength) throws IOException {
    header(bodyLength, 0);
    return out;
  }

  void status(int status) throws IOException {
    header(0, status);
    out.flush();
  }

  private void header(long bodyLength, int status) throws IOException {
    if (dumb()) {
      throw new IOException("the answer is lost");
    }
    byte[] header =
        ByteBuffer.allocate(10)
            .putLong(bodyLength)
            .put((byte) Wire.ANSWER)
            .put((byte) status)
            .array();
    if (fault.filter(Fault.SplitHeader.class::isInstance).isEmpty()) {
      out.write(header);
      return;
    }
    out.write(header, 0, 4);
    out.flush();
    LockSupport.parkNanos(BETWEEN_SEGMENTS);
    out.write(header, 4, 6);
    out.flush();
  }

  private boolean dumb() {
    return fault
        .filter(f -> f instanceof Fault.LoseResponse || f instanceof Fault.WithholdResponse)
        .isPresent();
  }
}
