package org.regionalpacs.codec;

import java.util.Arrays;
import org.regionalpacs.dicom.data.ByteOrder;

/**
 * RLE Lossless (PS3.5 Annex G): a segment for each byte of each sample, the most significant first,
 * each packed by itself.
 */
final class RleDecoder implements FrameDecoder {
  private static final int HEADER = 64;
  private static final int MAX_SEGMENTS = 15;

  @Override
  public Samples decode(byte[] frame, String transferSyntax, ImageDescription image)
      throws CodecException {
    int size = image.bitsAllocated() / 8;
    if (size == 0) {
      return bits(frame, image);
    }
    ImageDescription planes = planes(image);
    int channels = planes.photometric().samples();
    int[] starts = starts(frame, size * channels);
    int pixels = Math.toIntExact(image.pixels());
    byte[] samples = new byte[Math.toIntExact(planes.frameBytes())];
    for (int segment = 0; segment < size * channels; segment++) {
      int channel = segment / size;
      int lower = size - 1 - segment % size;
      int end = segment + 1 < starts.length ? starts[segment + 1] : frame.length;
      Segment packed = new Segment(frame, starts[segment], end);
      packed.unpack(samples, channel * pixels * size + lower, size, pixels);
    }
    return Samples.of(planes, samples);
  }

  /** A segment of eight pixels a byte, as they are when not compressed. */
  private static Samples bits(byte[] frame, ImageDescription image) throws CodecException {
    if (image.photometric().samples() > 1) {
      throw new UnsupportedImageException("RLE of color has whole bytes, the image one bit");
    }
    byte[] bits = new byte[Math.toIntExact(image.frameBytes())];
    int start = starts(frame, 1)[0];
    new Segment(frame, start, frame.length).unpack(bits, 0, 1, bits.length);
    return Samples.of(image, bits);
  }

  /** RLE doesn't subsample; some writers call their samples so nevertheless. */
  private static ImageDescription planes(ImageDescription image) throws CodecException {
    return switch (image.photometric()) {
      case YBR_FULL_422 ->
          new ImageDescription(
              image.rows(),
              image.columns(),
              Photometric.YBR_FULL,
              image.bitsAllocated(),
              image.bitsStored(),
              image.highBit(),
              image.signed(),
              true);
      case YBR_ICT, YBR_RCT, YBR_PARTIAL_420 ->
          throw new UnsupportedImageException(image.photometric() + " is never in RLE");
      default -> image.inPlanes();
    };
  }

  private static int[] starts(byte[] frame, int expected) throws CorruptFrameException {
    int count = frame.length < HEADER ? -1 : ByteOrder.int32(frame, 0, false);
    if (count != expected || count > MAX_SEGMENTS) {
      throw new CorruptFrameException(
          "RLE has %d segments instead of %d".formatted(count, expected));
    }
    int[] starts = new int[count];
    for (int i = 0; i < count; i++) {
      starts[i] = ByteOrder.int32(frame, 4 + 4 * i, false);
      int least = i == 0 ? HEADER : starts[i - 1];
      if (starts[i] < least || starts[i] > frame.length) {
        throw new CorruptFrameException("an RLE segment lies outside of the frame");
      }
    }
    return starts;
  }

  /** A packed segment (PS3.5 G.3). */
  private record Segment(byte[] bytes, int start, int end) {

    /** Unpacks into every {@code step}th byte; a segment may have a byte more than there are. */
    void unpack(byte[] to, int first, int step, int count) throws CorruptFrameException {
      int at = start;
      int done = 0;
      int looked = 0;
      while (done < count) {
        if (done >= looked) {
          Wanted.check();
          looked = done + Wanted.PIXELS;
        }
        int control = at < end ? bytes[at++] : Byte.MIN_VALUE;
        if (control == Byte.MIN_VALUE) {
          if (at < end) {
            continue;
          }
          throw new CorruptFrameException(
              "an RLE segment has %d bytes instead of %d".formatted(done, count));
        }
        int run = Math.min(control < 0 ? 1 - control : control + 1, count - done);
        int taken = control < 0 ? 1 : run;
        if (at + taken > end) {
          throw new CorruptFrameException("an RLE segment is cut off");
        }
        if (step == 1 && control < 0) {
          Arrays.fill(to, first + done, first + done + run, bytes[at]);
        } else {
          for (int i = 0; i < run; i++) {
            to[first + (done + i) * step] = bytes[control < 0 ? at : at + i];
          }
        }
        at += taken;
        done += run;
      }
    }
  }
}
