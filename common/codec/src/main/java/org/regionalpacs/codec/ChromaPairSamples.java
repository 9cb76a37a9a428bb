package org.regionalpacs.codec;

/** Two pixels share their chroma: Y1 Y2 Cb Cr (PS3.3 C.7.6.3.1.2, YBR_FULL_422). */
record ChromaPairSamples(ImageDescription image, byte[] bytes) implements Samples {
  @Override
  public long value(int pixel, int channel) {
    int pair = (pixel >> 1) * 4;
    int at = channel == 0 ? pair + (pixel & 1) : pair + 1 + channel;
    return bytes[at] & 0xFF;
  }
}
