package org.regionalpacs.codec.charls;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.regionalpacs.codec.CodecException;
import org.regionalpacs.codec.EncodedFrame;
import org.regionalpacs.codec.EncoderOptions;
import org.regionalpacs.codec.FrameEncoder;
import org.regionalpacs.codec.ImageDescription;
import org.regionalpacs.codec.Photometric;
import org.regionalpacs.codec.Quality;
import org.regionalpacs.codec.Samples;
import org.regionalpacs.codec.UnsupportedImageException;
import org.regionalpacs.codec.Wanted;
import org.regionalpacs.codec.foreign.ForeignCall;
import org.regionalpacs.dicom.data.UID;

/**
 * JPEG-LS of 2 to 16 bits. Bits that don't count aren't kept. Signed samples are coded as the bits
 * they are (PS3.5 8.2.3).
 */
final class CharlsEncoder implements FrameEncoder {
  /** Bytes of headers, at most. */
  private static final int HEADERS = 1 << 12;

  private final Charls library;
  private final Interleave color;

  /**
   * @param color how components of images of several follow each other
   */
  CharlsEncoder(Charls library, Interleave color) {
    this.library = library;
    this.color = color;
  }

  @Override
  public ImageDescription encoded(
      ImageDescription image, String transferSyntax, EncoderOptions options)
      throws UnsupportedImageException {
    return described(image, transferSyntax, options);
  }

  /** The same, without the library. */
  static ImageDescription described(
      ImageDescription image, String transferSyntax, EncoderOptions options)
      throws UnsupportedImageException {
    int near = near(options.quality(), transferSyntax);
    if (image.bitsAllocated() != 8 && image.bitsAllocated() != 16) {
      throw new UnsupportedImageException(
          "JPEG-LS isn't of %d bits allocated".formatted(image.bitsAllocated()));
    }
    if (2 * near >= 1 << precision(image)) {
      throw new UnsupportedImageException("JPEG-LS of so few bits isn't near-lossless");
    }
    boolean transformed =
        switch (image.photometric()) {
          case YBR_ICT, YBR_RCT, YBR_PARTIAL_420 -> true;
          default -> false;
        };
    if (transformed) {
      throw new UnsupportedImageException(image.photometric() + " is never in JPEG-LS");
    }
    Photometric meaning =
        image.photometric() == Photometric.YBR_FULL_422
            ? Photometric.YBR_FULL
            : image.photometric();
    ImageDescription pixels = image.inPixels(meaning);
    return new ImageDescription(
        pixels.rows(),
        pixels.columns(),
        meaning,
        pixels.bitsAllocated(),
        pixels.bitsStored(),
        pixels.bitsStored() - 1,
        pixels.signed(),
        false);
  }

  private static int near(Quality quality, String transferSyntax) throws UnsupportedImageException {
    return switch (quality) {
      case Quality.Lossless _ -> 0;
      case Quality.Near(int difference) when transferSyntax.equals(UID.JPEGLSNearLossless) ->
          difference;
      case Quality.Near _ ->
          throw new UnsupportedImageException(transferSyntax + " is always lossless");
      case Quality.Ratio _, Quality.Psnr _, Quality.Percent _ ->
          throw new UnsupportedImageException("JPEG-LS has no rate, only a greatest difference");
    };
  }

  /** JPEG-LS has two bits at least. */
  private static int precision(ImageDescription image) {
    return Math.max(2, image.bitsStored());
  }

  @Override
  public EncodedFrame encode(Samples samples, String transferSyntax, EncoderOptions options)
      throws CodecException {
    Wanted.check();
    ImageDescription encoded = encoded(samples.image(), transferSyntax, options);
    int near = near(options.quality(), transferSyntax);
    MemorySegment encoder = ForeignCall.of(() -> (MemorySegment) library.newEncoder.invokeExact());
    if (encoder.equals(MemorySegment.NULL)) {
      throw new UnsupportedImageException("JPEG-LS: there isn't enough memory");
    }
    try (Arena arena = Arena.ofConfined()) {
      return new EncodedFrame(encoded, encode(samples, near, encoder, arena));
    } finally {
      ForeignCall.of(() -> {
        library.freeEncoder.invokeExact(encoder);
        return encoder;
      });
    }
  }

  private byte[] encode(Samples samples, int near, MemorySegment encoder, Arena arena)
      throws CodecException {
    ImageDescription image = samples.image();
    int components = image.photometric().samples();
    Interleave interleave = components == 1 ? Interleave.NONE : color;
    MemorySegment source = source(samples, near, interleave, arena);
    MemorySegment info =
        arena.allocateFrom(JAVA_INT, image.columns(), image.rows(), precision(image), components);
    int number = interleave.ordinal();
    library.step(() -> (int) library.setFrameInfo.invokeExact(encoder, info));
    library.step(() -> (int) library.setNear.invokeExact(encoder, near));
    library.step(() -> (int) library.setInterleaveMode.invokeExact(encoder, number));
    // Noise grows a little; twice is never reached.
    MemorySegment destination = arena.allocate(2 * source.byteSize() + HEADERS);
    library.step(() ->
        (int) library.setDestination.invokeExact(encoder, destination, destination.byteSize()));
    library.step(() -> (int) library.encode.invokeExact(encoder, source, source.byteSize(), 0));
    MemorySegment written = arena.allocate(JAVA_LONG);
    library.step(() -> (int) library.bytesWritten.invokeExact(encoder, written));
    Wanted.check();
    return destination.asSlice(0, written.get(JAVA_LONG, 0)).toArray(JAVA_BYTE);
  }

  private static MemorySegment source(Samples samples, int near, Interleave interleave, Arena arena)
      throws UnsupportedImageException {
    ImageDescription image = samples.image();
    int channels = image.photometric().samples();
    boolean planes = interleave == Interleave.NONE;
    int size = precision(image) > 8 ? 2 : 1;
    int length = image.columns() * size * (planes ? 1 : channels);
    MemorySegment source = arena.allocate(image.pixels() * channels * size);
    int[] line = new int[image.columns()];
    // Samples go through an array: a segment is slow to write to one by one.
    byte[] row = new byte[length];
    for (int y = 0; y < image.rows(); y++) {
      Wanted.check();
      for (int channel = 0; channel < channels; channel++) {
        samples.read(y * line.length, channel, line);
        requireInside(line, near, image);
        put(line, precision(image), row, planes ? 0 : channel * size, length / line.length);
        long at = planes ? (long) channel * image.rows() + y : y;
        if (planes || channel == channels - 1) {
          MemorySegment.copy(row, 0, source, JAVA_BYTE, at * length, length);
        }
      }
    }
    return source;
  }

  /** The bits of samples that count, in one or two bytes, little endian as the machine is. */
  private static void put(int[] line, int precision, byte[] row, int first, int step) {
    int mask = (1 << precision) - 1;
    for (int x = 0, at = first; x < line.length; x++, at += step) {
      int bits = line[x] & mask;
      row[at] = (byte) bits;
      if (precision > 8) {
        row[at + 1] = (byte) (bits >> 8);
      }
    }
  }

  /** A difference must not turn the greatest samples into the least ones. */
  private static void requireInside(int[] line, int near, ImageDescription image)
      throws UnsupportedImageException {
    if (!image.signed() || near == 0) {
      return;
    }
    for (int value : line) {
      if (value > image.greatest() - near || value < image.least() + near) {
        throw new UnsupportedImageException(
            "near-lossless JPEG-LS would change the sign of samples at the ends of their range");
      }
    }
  }
}
