package org.regionalpacs.codec;

import org.regionalpacs.dicom.data.ByteOrder;

/** Samples of whole bytes, little endian. */
final class ByteSamples implements Samples {
  private final ImageDescription image;
  private final byte[] bytes;
  private final int size;
  private final int pixelStride;
  private final int channelStride;
  private final int up;
  private final int down;

  ByteSamples(ImageDescription image, byte[] bytes) {
    this.image = image;
    this.bytes = bytes;
    this.size = image.bitsAllocated() / 8;
    int channels = image.photometric().samples();
    this.pixelStride = image.planar() ? size : size * channels;
    this.channelStride = image.planar() ? size * Math.toIntExact(image.pixels()) : size;
    // Shifted to the upper end and back, the sample loses its neighbours and gets its sign.
    this.up = Long.SIZE - 1 - image.highBit();
    this.down = Long.SIZE - image.bitsStored();
  }

  @Override
  public ImageDescription image() {
    return image;
  }

  @Override
  public byte[] bytes() {
    return bytes;
  }

  @Override
  public long value(int pixel, int channel) {
    int at = pixel * pixelStride + channel * channelStride;
    long raw =
        switch (size) {
          case 1 -> bytes[at];
          case 2 -> ByteOrder.uint16(bytes, at, false);
          default -> ByteOrder.int32(bytes, at, false);
        };
    return image.signed() ? raw << up >> down : raw << up >>> down;
  }

  @Override
  public void read(int first, int channel, int[] to) {
    int at = first * pixelStride + channel * channelStride;
    switch (size) {
      case 1 -> readBytes(at, to);
      case 2 -> readWords(at, to);
      default -> Samples.super.read(first, channel, to);
    }
  }

  private void readBytes(int from, int[] to) {
    // The lowest 32 bits of what value() shifts by.
    int left = up - Integer.SIZE;
    int right = down - Integer.SIZE;
    boolean signed = image.signed();
    for (int i = 0, at = from; i < to.length; i++, at += pixelStride) {
      int high = bytes[at] << left;
      to[i] = signed ? high >> right : high >>> right;
    }
  }

  private void readWords(int from, int[] to) {
    int left = up - Integer.SIZE;
    int right = down - Integer.SIZE;
    boolean signed = image.signed();
    for (int i = 0, at = from; i < to.length; i++, at += pixelStride) {
      int high = ByteOrder.uint16(bytes, at, false) << left;
      to[i] = signed ? high >> right : high >>> right;
    }
  }
}
