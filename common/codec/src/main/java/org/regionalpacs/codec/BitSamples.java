package org.regionalpacs.codec;

/** One bit a pixel, the first one in the lowest bit (PS3.5 8.1.1). */
record BitSamples(ImageDescription image, byte[] bytes) implements Samples {
  @Override
  public long value(int pixel, int channel) {
    return bytes[pixel >> 3] >> (pixel & 7) & 1;
  }
}
