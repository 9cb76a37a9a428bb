package org.regionalpacs.wado.retrieve;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.regionalpacs.wado.web.RangeException;

/**
 * A range of bytes (RFC 9110 14.1.2).
 *
 * @param first position of its first byte
 * @param length number of bytes
 */
record ByteRange(long first, long length) {
  private static final Pattern ONE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

  /**
   * The range that a Range header asks for; empty when it asks for several, or isn't understood:
   * then the whole is sent.
   *
   * @throws RangeException when it lies outside
   */
  static Optional<ByteRange> parse(String header, long size) {
    Matcher range = ONE.matcher(header.replace(" ", ""));
    if (!range.matches() || range.group(1).isEmpty() && range.group(2).isEmpty()) {
      return Optional.empty();
    }
    if (range.group(1).isEmpty()) {
      long last = Math.min(size, Long.parseLong(range.group(2)));
      return Optional.of(within(size - last, size - 1, size));
    }
    long first = Long.parseLong(range.group(1));
    long last = range.group(2).isEmpty() ? Long.MAX_VALUE : Long.parseLong(range.group(2));
    return last < first ? Optional.empty() : Optional.of(within(first, last, size));
  }

  private static ByteRange within(long first, long last, long size) {
    if (first >= size) {
      throw new RangeException(size);
    }
    return new ByteRange(first, Math.min(last, size - 1) - first + 1);
  }

  /** Value of the response's Content-Range. */
  String contentRange(long size) {
    return "bytes " + first + "-" + (first + length - 1) + "/" + size;
  }
}
