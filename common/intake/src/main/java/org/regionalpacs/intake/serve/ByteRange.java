package org.regionalpacs.intake.serve;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A range of bytes (RFC 9110, 14.1.2) as services ask for it: from a first byte to a last one.
 *
 * @param first first byte
 * @param length number of bytes
 */
record ByteRange(long first, long length) {
  private static final Pattern FORM = Pattern.compile("bytes=([0-9]{1,18})-([0-9]{1,18})");

  /**
   * What a header asks for.
   *
   * @param header null: all of it
   * @return empty when that isn't inside of what there is
   */
  static Optional<ByteRange> of(String header, long size) {
    if (header == null) {
      return Optional.of(new ByteRange(0, size));
    }
    Matcher parts = FORM.matcher(header);
    if (!parts.matches()) {
      return Optional.empty();
    }
    long first = Long.parseLong(parts.group(1));
    long last = Long.parseLong(parts.group(2));
    return first <= last && last < size
        ? Optional.of(new ByteRange(first, last - first + 1))
        : Optional.empty();
  }

  /** For the answer. */
  String contentRange(long size) {
    return "bytes %d-%d/%d".formatted(first, first + length - 1, size);
  }
}
