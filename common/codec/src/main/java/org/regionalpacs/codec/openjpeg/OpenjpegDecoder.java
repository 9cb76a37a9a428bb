package org.regionalpacs.codec.openjpeg;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.MemorySegment;
import org.regionalpacs.codec.CodecException;
import org.regionalpacs.codec.CodedBits;
import org.regionalpacs.codec.CorruptFrameException;
import org.regionalpacs.codec.FrameDecoder;
import org.regionalpacs.codec.ImageDescription;
import org.regionalpacs.codec.Photometric;
import org.regionalpacs.codec.Samples;
import org.regionalpacs.codec.UnsupportedImageException;
import org.regionalpacs.codec.Wanted;

/**
 * JPEG 2000 and HTJ2K of 1 to 16 bits. What is cut off is corrupt, though something could be shown
 * of it: nobody would see that details are missing. Boxes around a codestream aren't looked at: the
 * data set says what samples mean (PS3.5 8.2.4).
 */
final class OpenjpegDecoder implements FrameDecoder {
  private static final int PARAMETERS = 8252;
  private static final int STRICT = 1;

  /** Each takes some kilobytes: enough for 16384 x 16384 pixels in tiles of 128 x 128. */
  private static final long MOST_TILES = 1 << 14;

  private final Openjpeg library;

  OpenjpegDecoder(Openjpeg library) {
    this.library = library;
  }

  @Override
  public Samples decode(byte[] frame, String transferSyntax, ImageDescription image)
      throws CodecException {
    Wanted.check();
    CodestreamHeader header = CodestreamHeader.of(frame);
    check(header, image);
    try (Session session = new Session(library)) {
      int length = frame.length - header.start();
      MemorySegment codestream = session.arena().allocate(length);
      MemorySegment.copy(frame, header.start(), codestream, JAVA_BYTE, 0, length);
      decode(session, codestream);
      Wanted.check();
      ImageDescription out = described(header, image);
      byte[] bytes = bytes(session.image(), out);
      return out.bitsAllocated() == 1
          ? Samples.of(out, bytes)
          : new CodedBits(header.precision(), header.signed(), !header.reversible())
              .describe(out, bytes);
    }
  }

  private void decode(Session session, MemorySegment codestream) throws CodecException {
    session.toDecode(codestream);
    MemorySegment codec = session.codec();
    MemorySegment stream = session.stream();
    MemorySegment parameters = session.arena().allocate(PARAMETERS, 8);
    Openjpeg.call(() -> {
      library.decoderDefaults.invokeExact(parameters);
    });
    session.step("set up", () -> (int) library.setupDecoder.invokeExact(codec, parameters));
    session.step("set up", () -> (int) library.setStrict.invokeExact(codec, STRICT));
    MemorySegment made = session.arena().allocate(ADDRESS);
    session.step("read", () -> (int) library.readHeader.invokeExact(stream, codec, made));
    session.keep(made.get(ADDRESS, 0));
    MemorySegment picture = session.image();
    session.step("decoded", () -> (int) library.decode.invokeExact(codec, stream, picture));
    session.step("read to its end", () -> (int) library.endDecoding.invokeExact(codec, stream));
  }

  /** Before anything is allocated. */
  private static void check(CodestreamHeader header, ImageDescription image) throws CodecException {
    int components = image.photometric().samples();
    if (header.columns() != image.columns()
        || header.rows() != image.rows()
        || header.components() != components) {
      throw new CorruptFrameException(
          "a JPEG 2000 codestream has %d x %d pixels of %d samples instead of %d x %d of %d"
              .formatted(
                  header.columns(),
                  header.rows(),
                  header.components(),
                  image.columns(),
                  image.rows(),
                  components));
    }
    if (image.bitsAllocated() > 16 || header.precision() > image.bitsAllocated()) {
      throw new UnsupportedImageException(
          "JPEG 2000 of %d bits in %d allocated"
              .formatted(header.precision(), image.bitsAllocated()));
    }
    if (header.tiles() > MOST_TILES) {
      throw new UnsupportedImageException(
          "JPEG 2000 in %d tiles; %d are the most".formatted(header.tiles(), MOST_TILES));
    }
  }

  private static ImageDescription described(CodestreamHeader header, ImageDescription image)
      throws UnsupportedImageException {
    Photometric declared = image.photometric();
    Photometric meaning =
        switch (declared) {
          case YBR_RCT, YBR_ICT -> Photometric.RGB;
          // Once more transformed, or called so by mistake: what comes out is what it says.
          case YBR_FULL_422, YBR_FULL -> Photometric.YBR_FULL;
          case YBR_PARTIAL_420 ->
              throw new UnsupportedImageException(declared + " isn't decoded from JPEG 2000");
          default -> declared;
        };
    return image.inPixels(meaning);
  }

  /** One bit a pixel, as when it isn't compressed (PS3.5 8.1.1). */
  private static byte[] bits(MemorySegment data, ImageDescription image) {
    byte[] bits = new byte[Math.toIntExact(image.frameBytes())];
    for (int pixel = 0; pixel < image.pixels(); pixel++) {
      bits[pixel >> 3] |= (byte) ((data.getAtIndex(JAVA_INT, pixel) & 1) << (pixel & 7));
    }
    return bits;
  }

  private static byte[] bytes(MemorySegment made, ImageDescription image)
      throws CorruptFrameException {
    ImageStructure decoded = ImageStructure.of(made);
    if (image.bitsAllocated() == 1) {
      return bits(decoded.data(0, image), image);
    }
    int channels = image.photometric().samples();
    int pixels = Math.toIntExact(image.pixels());
    int size = image.bitsAllocated() / 8;
    byte[] bytes = new byte[Math.toIntExact(image.frameBytes())];
    for (int channel = 0; channel < channels; channel++) {
      MemorySegment data = decoded.data(channel, image);
      int at = channel * size;
      for (int pixel = 0; pixel < pixels; pixel++, at += channels * size) {
        int value = data.getAtIndex(JAVA_INT, pixel);
        bytes[at] = (byte) value;
        if (size > 1) {
          bytes[at + 1] = (byte) (value >> 8);
        }
      }
    }
    return bytes;
  }
}
