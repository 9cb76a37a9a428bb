package org.regionalpacs.codec.transcode;

import java.util.Arrays;
import org.regionalpacs.codec.ImageDescription;
import org.regionalpacs.codec.Samples;
import org.regionalpacs.codec.UncountedBits;

/** Samples as the bytes of a frame that isn't compressed. */
final class NativeLayout {
  private NativeLayout() {}

  /**
   * The bytes of a frame, as a description says that has the samples' own bits. Not always a copy.
   *
   * @param wanted pixel by pixel or by plane
   */
  static byte[] bytes(Samples samples, ImageDescription wanted) {
    ImageDescription image = samples.image();
    byte[] bytes = samples.bytes();
    if (image.planar() != wanted.planar()) {
      return reordered(bytes, image);
    }
    int length = Math.toIntExact(wanted.frameBytes());
    return bytes.length == length ? bytes : Arrays.copyOf(bytes, length);
  }

  /** By plane what is pixel by pixel, and the other way round. */
  private static byte[] reordered(byte[] bytes, ImageDescription image) {
    int size = image.bitsAllocated() / 8;
    int channels = image.photometric().samples();
    int plane = Math.toIntExact(image.pixels()) * size;
    byte[] reordered = new byte[plane * channels];
    for (int channel = 0; channel < channels; channel++) {
      for (int at = 0; at < plane; at += size) {
        int inPlanes = channel * plane + at;
        int inPixels = at * channels + channel * size;
        int from = image.planar() ? inPlanes : inPixels;
        System.arraycopy(bytes, from, reordered, inPlanes + inPixels - from, size);
      }
    }
    return reordered;
  }

  /**
   * Samples whose bits that don't count are zero, or the sign: many readers take the whole word
   * (PS3.5 8.1.1 leaves them free).
   */
  static Samples cleaned(Samples samples) {
    ImageDescription image = samples.image();
    int shift = image.highBit() + 1 - image.bitsStored();
    if (image.bitsStored() == image.bitsAllocated() || image.bitsAllocated() == 1) {
      return samples;
    }
    int pixels = Math.toIntExact(image.pixels());
    int channels = image.photometric().samples();
    int size = image.bitsAllocated() / 8;
    byte[] bytes = samples.bytes().clone();
    for (int channel = 0; channel < channels; channel++) {
      for (int pixel = 0; pixel < pixels; pixel++) {
        int index = image.planar() ? channel * pixels + pixel : pixel * channels + channel;
        int value = (int) (samples.value(pixel, channel) << shift);
        for (int rank = 0; rank < size; rank++) {
          bytes[index * size + rank] = (byte) (value >> 8 * rank);
        }
      }
    }
    return Samples.of(image, bytes);
  }

  /** The same of what a codec has decoded, unless those bits say something. */
  static Samples extended(Samples samples) {
    ImageDescription image = samples.image();
    int cells = (int) (8L * samples.bytes().length / image.bitsAllocated());
    boolean free =
        image.bitsAllocated() > 1
            && !UncountedBits.ofCells(image, 0).saySomething(samples.bytes(), cells);
    return free ? cleaned(samples) : samples;
  }
}
