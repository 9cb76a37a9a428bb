package org.regionalpacs.consumer.archiver;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.regionalpacs.messages.StorageMessage;

/**
 * The bytes of an object's file, compared with what was received: with its last byte the stream
 * fails, if the digest of the data set is another.
 */
final class ComparedStream extends FilterInputStream {
  private final StorageMessage message;
  private final MessageDigest digest;
  private long position;
  private boolean compared;

  /**
   * @param file all of it
   */
  ComparedStream(InputStream file, StorageMessage message) {
    super(file);
    this.message = message;
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    int count = super.read(to, offset, length);
    if (count > 0) {
      int before = (int) Math.clamp(message.dataSetOffset() - position, 0, count);
      digest.update(to, offset + before, count - before);
      position += count;
    }
    if (count < 0 || position >= message.fileSize()) {
      compare();
    }
    return count;
  }

  private void compare() throws UnusableContentException {
    if (compared) {
      return;
    }
    if (position != message.fileSize()) {
      throw new UnusableContentException(
          "the file has " + position + " bytes, not the " + message.fileSize() + " received");
    }
    String found = HexFormat.of().formatHex(digest.digest());
    if (!found.equals(message.digest())) {
      throw new UnusableContentException(
          "the file's digest is " + found + ", not the received " + message.digest());
    }
    compared = true;
  }

  /** Reads what it passes over. */
  @Override
  public long skip(long count) throws IOException {
    return count <= 0 ? 0 : Math.max(0, read(new byte[(int) Math.min(count, 8192)]));
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
