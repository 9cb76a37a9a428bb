package org.regionalpacs.codec.charls;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import org.regionalpacs.codec.CodecException;
import org.regionalpacs.codec.CodedBits;
import org.regionalpacs.codec.CorruptFrameException;
import org.regionalpacs.codec.FrameDecoder;
import org.regionalpacs.codec.ImageDescription;
import org.regionalpacs.codec.Photometric;
import org.regionalpacs.codec.Samples;
import org.regionalpacs.codec.UnsupportedImageException;
import org.regionalpacs.codec.Wanted;
import org.regionalpacs.codec.foreign.ForeignCall;

/** JPEG-LS of 2 to 16 bits, lossless or near-lossless, interleaved or not. */
final class CharlsDecoder implements FrameDecoder {
  /** Each takes as long as decoding. */
  private static final int MOST_TRIMMED = 2;

  /** Stops CharLS 2.4.1, which runs on for ever where bytes end within a code. */
  private static final byte[] END = {-1, (byte) 0xD9};

  private final Charls library;

  CharlsDecoder(Charls library) {
    this.library = library;
  }

  @Override
  public Samples decode(byte[] frame, String transferSyntax, ImageDescription image)
      throws CodecException {
    Wanted.check();
    if (image.bitsAllocated() != 8 && image.bitsAllocated() != 16) {
      throw new UnsupportedImageException(
          "JPEG-LS isn't of %d bits allocated".formatted(image.bitsAllocated()));
    }
    byte[] codestream = frame;
    for (int shorter = 0; ; shorter++) {
      try {
        return decode(codestream, image);
      } catch (CorruptFrameException e) {
        // Some encoders leave bytes between the last sample and the end, which CharLS refuses.
        Optional<byte[]> trimmed =
            shorter < MOST_TRIMMED ? Trimmed.of(codestream) : Optional.empty();
        codestream = trimmed.orElseThrow(() -> e);
      }
    }
  }

  private Samples decode(byte[] frame, ImageDescription image) throws CodecException {
    MemorySegment decoder = ForeignCall.of(() -> (MemorySegment) library.newDecoder.invokeExact());
    if (decoder.equals(MemorySegment.NULL)) {
      throw new UnsupportedImageException("JPEG-LS: there isn't enough memory");
    }
    try (Arena arena = Arena.ofConfined()) {
      return decode(frame, image, decoder, arena);
    } finally {
      ForeignCall.of(() -> {
        library.freeDecoder.invokeExact(decoder);
        return decoder;
      });
    }
  }

  private Samples decode(byte[] frame, ImageDescription image, MemorySegment decoder, Arena arena)
      throws CodecException {
    long length = (long) frame.length + END.length;
    MemorySegment source = arena.allocate(length);
    MemorySegment.copy(frame, 0, source, JAVA_BYTE, 0, frame.length);
    MemorySegment.copy(END, 0, source, JAVA_BYTE, frame.length, END.length);
    library.step(() -> (int) library.setSource.invokeExact(decoder, source, length));
    library.step(() -> (int) library.readHeader.invokeExact(decoder));
    MemorySegment info = arena.allocate(JAVA_INT, 4);
    library.step(() -> (int) library.frameInfo.invokeExact(decoder, info));
    int bits = info.getAtIndex(JAVA_INT, 2);
    check(info, image);
    MemorySegment mode = arena.allocate(JAVA_INT);
    library.step(() -> (int) library.interleaveMode.invokeExact(decoder, mode));
    Interleave interleave = Interleave.of(mode.get(JAVA_INT, 0));
    MemorySegment near = arena.allocate(JAVA_INT);
    library.step(() -> (int) library.near.invokeExact(decoder, 0, near));

    long samples = image.pixels() * image.photometric().samples();
    MemorySegment decoded = arena.allocate(samples * (bits > 8 ? 2 : 1));
    library.step(() -> (int) library.decode.invokeExact(decoder, decoded, decoded.byteSize(), 0));
    Wanted.check();
    ImageDescription out = image.inPixels(meaning(image.photometric()));
    boolean planes = interleave == Interleave.NONE && image.photometric().samples() > 1;
    return new CodedBits(bits, false, near.get(JAVA_INT, 0) > 0)
        .describe(planes ? out.inPlanes() : out, bytes(decoded, bits, image, samples));
  }

  private static void check(MemorySegment info, ImageDescription image)
      throws CorruptFrameException {
    int columns = info.getAtIndex(JAVA_INT, 0);
    int rows = info.getAtIndex(JAVA_INT, 1);
    int bits = info.getAtIndex(JAVA_INT, 2);
    int components = info.getAtIndex(JAVA_INT, 3);
    int expected = image.photometric().samples();
    boolean fits =
        columns == image.columns()
            && rows == image.rows()
            && components == expected
            && bits <= image.bitsAllocated();
    if (!fits) {
      throw new CorruptFrameException(
          "a JPEG-LS codestream has %d x %d pixels of %d samples of %d bits instead of %d x %d of %d"
              .formatted(columns, rows, components, bits, image.columns(), image.rows(), expected));
    }
  }

  private static Photometric meaning(Photometric declared) throws UnsupportedImageException {
    return switch (declared) {
      case YBR_FULL_422 -> Photometric.YBR_FULL;
      case YBR_ICT, YBR_RCT, YBR_PARTIAL_420 ->
          throw new UnsupportedImageException(declared + " is never in JPEG-LS");
      default -> declared;
    };
  }

  /** Samples in as many bytes as are allocated. */
  private static byte[] bytes(
      MemorySegment decoded, int bits, ImageDescription image, long samples) {
    if (bits > 8 || image.bitsAllocated() == 8) {
      return decoded.toArray(JAVA_BYTE);
    }
    byte[] words = new byte[Math.toIntExact(2 * samples)];
    for (int i = 0; i < samples; i++) {
      words[2 * i] = decoded.get(JAVA_BYTE, i);
    }
    return words;
  }
}
