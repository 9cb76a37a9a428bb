package org.regionalpacs.codec.jpeg;

import java.io.ByteArrayOutputStream;

/**
 * Writes lossless JPEG of kinds that no program at hand writes. Its codes for differences of 0 to
 * 16 bits are of five bits, in the order of their values.
 *
 * @param precision bits of a sample
 * @param components of a pixel
 * @param predictor 1 to 7
 * @param below point transform
 * @param linesAnInterval 0 for no intervals
 * @param interleaved all components in one scan, else each in one of its own
 */
public record LosslessWriter(
    int rows,
    int columns,
    int precision,
    int components,
    int predictor,
    int below,
    int linesAnInterval,
    boolean interleaved) {

  /** A codestream of samples, pixel by pixel. */
  public byte[] write(int[] samples) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    words(out, 0xFFD8, 0xFFC3, 8 + 3 * components);
    bytes(out, precision);
    words(out, rows, columns);
    bytes(out, components);
    for (int i = 0; i < components; i++) {
      bytes(out, i + 1, 0x11, 0);
    }
    words(out, 0xFFC4, 2 + 17 + 17);
    bytes(out, 0, 0, 0, 0, 0, 17, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    for (int size = 0; size <= 16; size++) {
      bytes(out, size);
    }
    if (linesAnInterval > 0) {
      words(out, 0xFFDD, 4, linesAnInterval * columns);
    }
    int scans = interleaved ? 1 : components;
    for (int scan = 0; scan < scans; scan++) {
      int count = components / scans;
      words(out, 0xFFDA, 6 + 2 * count);
      bytes(out, count);
      for (int i = 0; i < count; i++) {
        bytes(out, scan + i + 1, 0);
      }
      bytes(out, predictor, 0, below);
      scan(out, samples, scan, count);
    }
    words(out, 0xFFD9);
    return out.toByteArray();
  }

  private void scan(ByteArrayOutputStream out, int[] samples, int first, int count) {
    Bits bits = new Bits(out);
    for (int y = 0; y < rows; y++) {
      boolean start = linesAnInterval > 0 ? y % linesAnInterval == 0 : y == 0;
      if (start && y > 0) {
        bits.end();
        bytes(out, 0xFF, 0xD0 + (y / linesAnInterval - 1) % 8);
      }
      for (int x = 0; x < columns; x++) {
        for (int c = first; c < first + count; c++) {
          bits.difference(at(samples, y, x, c) - predicted(samples, y, x, c, start));
        }
      }
    }
    bits.end();
  }

  private int at(int[] samples, int y, int x, int c) {
    return samples[(y * columns + x) * components + c] >> below;
  }

  private int predicted(int[] samples, int y, int x, int c, boolean start) {
    if (start) {
      return x == 0 ? 1 << precision - below - 1 : at(samples, y, x - 1, c);
    }
    int b = at(samples, y - 1, x, c);
    if (x == 0) {
      return b;
    }
    int a = at(samples, y, x - 1, c);
    int corner = at(samples, y - 1, x - 1, c);
    return switch (predictor) {
      case 1 -> a;
      case 2 -> b;
      case 3 -> corner;
      case 4 -> a + b - corner;
      case 5 -> a + (b - corner >> 1);
      case 6 -> b + (a - corner >> 1);
      default -> a + b >> 1;
    };
  }

  private static void words(ByteArrayOutputStream out, int... words) {
    for (int word : words) {
      bytes(out, word >> 8, word);
    }
  }

  private static void bytes(ByteArrayOutputStream out, int... bytes) {
    for (int one : bytes) {
      out.write(one);
    }
  }

  /** Puts bits, and stuffs bytes. */
  private static final class Bits {
    private final ByteArrayOutputStream out;
    private int last = 1;

    Bits(ByteArrayOutputStream out) {
      this.out = out;
    }

    void difference(int difference) {
      int modulo = (short) difference;
      int size =
          modulo == Short.MIN_VALUE ? 16 : 32 - Integer.numberOfLeadingZeros(Math.abs(modulo));
      put(size, 5);
      if (size < 16) {
        put(modulo < 0 ? modulo + (1 << size) - 1 : modulo, size);
      }
    }

    private void put(int value, int size) {
      for (int bit = size - 1; bit >= 0; bit--) {
        last = last << 1 | value >> bit & 1;
        if (last > 0xFF) {
          out.write(last);
          if ((last & 0xFF) == 0xFF) {
            out.write(0);
          }
          last = 1;
        }
      }
    }

    void end() {
      while (last != 1) {
        put(1, 1);
      }
    }
  }
}
