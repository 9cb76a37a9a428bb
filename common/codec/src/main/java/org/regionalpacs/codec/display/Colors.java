package org.regionalpacs.codec.display;

import org.regionalpacs.codec.Samples;
import org.regionalpacs.codec.UnsupportedImageException;
import org.regionalpacs.codec.Wanted;
import org.regionalpacs.dicom.data.Attributes;

/** From color samples to red, green and blue of 8 bits. */
final class Colors {
  private Colors() {}

  /** Three bytes a pixel: blue, green, red, as {@code TYPE_3BYTE_BGR} has them. */
  static void show(Samples samples, Attributes dataSet, byte[] levels)
      throws UnsupportedImageException {
    switch (samples.image().photometric()) {
      case PALETTE_COLOR -> palette(samples, Palette.of(dataSet, samples.image().signed()), levels);
      case RGB -> rgb(samples, levels);
      case YBR_FULL, YBR_FULL_422 -> ybr(samples, levels);
      case YBR_PARTIAL_420, YBR_ICT, YBR_RCT, MONOCHROME1, MONOCHROME2 ->
          throw new UnsupportedImageException(
              samples.image().photometric() + " isn't shown in color");
    }
  }

  private static void palette(Samples samples, Palette palette, byte[] levels) {
    int least = (int) samples.image().least();
    int bits = Math.min(16, samples.image().bitsStored());
    byte[] table = new byte[3 << bits];
    for (int i = 0; i < table.length; i++) {
      table[i] = (byte) palette.level(2 - i % 3, least + i / 3);
    }
    int last = (1 << bits) - 1;
    for (int i = 0; i < levels.length; i += 3) {
      look(i / 3);
      int entry = (int) Math.clamp(samples.value(i / 3, 0) - least, 0, last);
      System.arraycopy(table, 3 * entry, levels, i, 3);
    }
  }

  private static void rgb(Samples samples, byte[] levels) {
    int bits = samples.image().bitsStored();
    long least = samples.image().least();
    for (int i = 0; i < levels.length; i++) {
      look(i);
      long value = samples.value(i / 3, 2 - i % 3) - least;
      levels[i] = (byte) (bits >= 8 ? value >> (bits - 8) : value * 255 / ((1 << bits) - 1));
    }
  }

  /** PS3.3 C.7.6.3.1.2, the equations of YBR_FULL solved for RGB. */
  private static void ybr(Samples samples, byte[] levels) {
    int down = samples.image().bitsStored() - 8;
    for (int pixel = 0, at = 0; at < levels.length; pixel++) {
      look(pixel);
      double y = level(samples.value(pixel, 0), down);
      double b = level(samples.value(pixel, 1), down) - 128;
      double r = level(samples.value(pixel, 2), down) - 128;
      levels[at++] = clamped(y + 1.772 * b);
      levels[at++] = clamped(y - 0.344136 * b - 0.714136 * r);
      levels[at++] = clamped(y + 1.402 * r);
    }
  }

  private static void look(int pixel) {
    if ((pixel & Wanted.PIXELS) == 0) {
      Wanted.check();
    }
  }

  private static long level(long value, int down) {
    return down >= 0 ? value >> down : value << -down;
  }

  private static byte clamped(double level) {
    return (byte) Math.clamp(Math.round(level), 0, 255);
  }
}
