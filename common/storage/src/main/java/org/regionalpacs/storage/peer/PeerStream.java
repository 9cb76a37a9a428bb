package org.regionalpacs.storage.peer;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.ClassicHttpResponse;

/**
 * The bytes of an answer: all of them, or an error. Closed at its end it leaves the connection for
 * the next one; closed before, it ends the transfer.
 */
final class PeerStream extends InputStream {
  private final ClassicHttpResponse answer;
  private final Runnable abort;
  private final InputStream in;
  private long left;

  /**
   * @param abort ends the transfer at once: closing alone would read what is left
   */
  PeerStream(ClassicHttpResponse answer, Runnable abort, long length) throws IOException {
    this.answer = answer;
    this.abort = abort;
    this.in = answer.getEntity().getContent();
    this.left = length;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (left == 0) {
      return -1;
    }
    int count = in.read(to, offset, (int) Math.min(length, left));
    if (count < 0) {
      throw new EOFException("another node's answer ended " + left + " bytes early");
    }
    left -= count;
    return count;
  }

  @Override
  public void close() throws IOException {
    if (left == 0) {
      in.close();
      answer.close();
      return;
    }
    abort.run();
    try {
      answer.close();
    } catch (IOException e) {
      // It was broken off; nothing is expected of it any more.
    }
  }
}
