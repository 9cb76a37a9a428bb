package org.regionalpacs.codec.charls;

import java.util.Arrays;
import java.util.Optional;

/** Codestreams without a byte of nothing before their end. */
final class Trimmed {
  private static final int EOI = 0xD9;

  private Trimmed() {}

  /** A codestream without the last byte before its end marker, if that is 0. */
  static Optional<byte[]> of(byte[] codestream) {
    int end = codestream.length;
    while (end > 2 && codestream[end - 1] == 0) {
      end--;
    }
    boolean filled =
        end > 4
            && codestream[end - 1] == (byte) EOI
            && codestream[end - 2] == -1
            && codestream[end - 3] == 0
            && codestream[end - 4] != -1;
    if (!filled) {
      return Optional.empty();
    }
    byte[] trimmed = Arrays.copyOf(codestream, end - 1);
    trimmed[end - 3] = -1;
    trimmed[end - 2] = (byte) EOI;
    return Optional.of(trimmed);
  }
}
