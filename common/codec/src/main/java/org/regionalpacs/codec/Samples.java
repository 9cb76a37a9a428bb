package org.regionalpacs.codec;

/** The samples of a frame. Immutable. */
public interface Samples {

  /**
   * What the samples are, after decoding: a decoder may have changed photometric interpretation,
   * bits and planar configuration.
   */
  ImageDescription image();

  /**
   * A sample, without bits that don't count.
   *
   * @param pixel row * columns + column, from 0
   * @param channel 0 to samples per pixel - 1
   * @return a value from {@link ImageDescription#least()} to {@link ImageDescription#greatest()}
   */
  long value(int pixel, int channel);

  /**
   * Samples of one kind that follow each other, each as {@link #value} gives it.
   *
   * @param first number of the first pixel
   * @param to gets as many as it has room for
   */
  default void read(int first, int channel, int[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] = (int) value(first + i, channel);
    }
  }

  /**
   * The frame as it is when it isn't compressed, little endian, as the description says. Bits that
   * don't count may be anything. Not a copy: nobody writes to it.
   */
  byte[] bytes();

  /**
   * Samples in an array, each in whole bytes, little endian, as the description says.
   *
   * @param bytes at least {@link ImageDescription#frameBytes()}; not copied
   */
  static Samples of(ImageDescription image, byte[] bytes) {
    return switch (image.photometric()) {
      case YBR_FULL_422 -> new ChromaPairSamples(image, bytes);
      default ->
          image.bitsAllocated() == 1 ? new BitSamples(image, bytes) : new ByteSamples(image, bytes);
    };
  }
}
