package org.regionalpacs.wado.store;

import jakarta.servlet.http.HttpServletRequest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;
import org.springframework.util.unit.DataSize;

/** The body of a request, which knows how much of it is still to come, where the sender said so. */
final class RequestBody extends FilterInputStream {
  private final long length;
  private long read;

  /**
   * @param length bytes that the sender announced; negative when it didn't
   */
  RequestBody(InputStream in, long length) {
    super(in);
    this.length = length;
  }

  static RequestBody of(HttpServletRequest request) throws IOException {
    return new RequestBody(request.getInputStream(), request.getContentLengthLong());
  }

  /**
   * Looks at what was announced, before any of it is read.
   *
   * @throws TooLargeException when it is longer
   */
  void requireAtMost(DataSize limit) throws TooLargeException {
    if (length > limit.toBytes()) {
      throw new TooLargeException("The body is longer than " + limit.toBytes() + " bytes.");
    }
  }

  /** Bytes still to come; empty when the sender hasn't announced them (chunked transfer). */
  OptionalLong rest() {
    return length < 0 ? OptionalLong.empty() : OptionalLong.of(Math.max(0, length - read));
  }

  @Override
  public int read() throws IOException {
    int value = super.read();
    read += value < 0 ? 0 : 1;
    return value;
  }

  @Override
  public int read(byte[] target, int offset, int count) throws IOException {
    int n = super.read(target, offset, count);
    read += Math.max(0, n);
    return n;
  }

  @Override
  public long skip(long count) throws IOException {
    long n = super.skip(count);
    read += n;
    return n;
  }
}
