package org.regionalpacs.standalone;

import static org.awaitility.Awaitility.await;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * The body of an upload that stops in the middle until the service has a quarter of it: it never
 * ends where something on the way holds all of it first.
 */
final class HeldBody extends FilterInputStream {
  private final long length;
  private final Path underWay;
  private long sent;

  /**
   * @param underWay where the service writes what it receives
   */
  HeldBody(InputStream body, long length, Path underWay) {
    super(body);
    this.length = length;
    this.underWay = underWay;
  }

  @Override
  public int read(byte[] to, int offset, int most) throws IOException {
    if (sent < length / 2 && sent + most >= length / 2) {
      // Files of others come and go there.
      await()
          .ignoreExceptions()
          .atMost(Duration.ofMinutes(5))
          .until(() -> largestUnderWay() > length / 4);
    }
    int count = super.read(to, offset, most);
    sent += Math.max(0, count);
    return count;
  }

  private long largestUnderWay() throws IOException {
    try (Stream<Path> files = Files.walk(underWay)) {
      return files.filter(Files::isRegularFile).mapToLong(HeldBody::size).max().orElse(0);
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
