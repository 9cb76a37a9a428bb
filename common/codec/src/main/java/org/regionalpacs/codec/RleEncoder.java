package org.regionalpacs.codec;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.regionalpacs.dicom.data.ByteOrder;

/**
 * RLE Lossless (PS3.5 Annex G). All bits that are allocated are kept, also those that don't count.
 */
final class RleEncoder implements FrameEncoder {
  private static final int HEADER = 64;

  @Override
  public ImageDescription encoded(
      ImageDescription image, String transferSyntax, EncoderOptions options)
      throws UnsupportedImageException {
    if (!(options.quality() instanceof Quality.Lossless)) {
      throw new UnsupportedImageException("RLE is always lossless");
    }
    if (image.bitsAllocated() < 8) {
      throw new UnsupportedImageException("RLE has whole bytes, the image one bit a pixel");
    }
    return switch (image.photometric()) {
      case YBR_FULL_422 -> image.inPixels(Photometric.YBR_FULL);
      case YBR_ICT, YBR_RCT, YBR_PARTIAL_420 ->
          throw new UnsupportedImageException(image.photometric() + " is never in RLE");
      default -> image;
    };
  }

  @Override
  public EncodedFrame encode(Samples samples, String transferSyntax, EncoderOptions options)
      throws CodecException {
    ImageDescription image = samples.image();
    ImageDescription encoded = encoded(image, transferSyntax, options);
    int size = image.bitsAllocated() / 8;
    int segments = size * image.photometric().samples();
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    byte[] header = new byte[HEADER];
    ByteOrder.putInt32(header, 0, segments, false);
    byte[] row = new byte[image.columns()];
    for (int segment = 0; segment < segments; segment++) {
      ByteOrder.putInt32(header, 4 + 4 * segment, HEADER + packed.size(), false);
      Plane plane = Plane.of(samples, segment / size, size - 1 - segment % size);
      for (int y = 0; y < image.rows(); y++) {
        Wanted.check();
        plane.read(y * image.columns(), row);
        pack(row, packed);
      }
      if (packed.size() % 2 != 0) {
        packed.write(0);
      }
    }
    byte[] frame = Arrays.copyOf(header, HEADER + packed.size());
    System.arraycopy(packed.toByteArray(), 0, frame, HEADER, packed.size());
    return new EncodedFrame(encoded, frame);
  }

  /** Packs a row, which no run leaves (PS3.5 G.3.1). */
  private static void pack(byte[] row, ByteArrayOutputStream to) {
    int at = 0;
    while (at < row.length) {
      int run = run(row, at);
      if (run > 1) {
        to.write(1 - run);
        to.write(row[at]);
        at += run;
        continue;
      }
      int end = at + 1;
      // Two alike within a literal run aren't worth ending it.
      while (end < row.length && end - at < 128 && run(row, end) < 3) {
        end++;
      }
      to.write(end - at - 1);
      to.write(row, at, end - at);
      at = end;
    }
  }

  /** How many bytes are alike from there on, 128 at most. */
  private static int run(byte[] row, int at) {
    int end = at + 1;
    while (end < row.length && end - at < 128 && row[end] == row[at]) {
      end++;
    }
    return end - at;
  }

  /** The bytes of one rank of one kind of samples. */
  private record Plane(Samples samples, int channel, int first, int step) {

    static Plane of(Samples samples, int channel, int rank) {
      ImageDescription image = samples.image();
      int size = image.bitsAllocated() / 8;
      return image.planar()
          ? new Plane(samples, channel, channel * (int) image.pixels() * size + rank, size)
          : new Plane(
              samples, channel, channel * size + rank, size * image.photometric().samples());
    }

    void read(int pixel, byte[] row) {
      boolean shared = samples.image().photometric() == Photometric.YBR_FULL_422;
      for (int x = 0; x < row.length; x++) {
        row[x] =
            shared
                ? (byte) samples.value(pixel + x, channel)
                : samples.bytes()[first + (pixel + x) * step];
      }
    }
  }
}
