package org.regionalpacs.codec.openjpeg;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

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
 * JPEG 2000 of 1 to 16 bits. Bits that don't count aren't kept. Red, green and blue are transformed
 * (YBR_RCT, YBR_ICT), other components stay as they are.
 */
final class OpenjpegEncoder implements FrameEncoder {
  /** Bytes of headers, at most: of 33 resolutions and 100 layers of some code-blocks too. */
  private static final int HEADERS = 1 << 16;

  private static final int COMPONENT_PARAMETERS = 36;
  private static final int COLOR_SPACE_UNKNOWN = 0;

  private final Openjpeg library;

  OpenjpegEncoder(Openjpeg library) {
    this.library = library;
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
    boolean lossless =
        switch (options.quality()) {
          case Quality.Lossless _ -> true;
          case Quality.Ratio _, Quality.Psnr _ -> false;
          case Quality.Near _, Quality.Percent _ ->
              throw new UnsupportedImageException("JPEG 2000 has a ratio or a PSNR only");
        };
    if (!lossless && !transferSyntax.equals(UID.JPEG2000)) {
      throw new UnsupportedImageException(transferSyntax + " is always lossless");
    }
    if (image.bitsAllocated() != 8 && image.bitsAllocated() != 16) {
      throw new UnsupportedImageException(
          "JPEG 2000 isn't encoded from %d bits allocated".formatted(image.bitsAllocated()));
    }
    Photometric meaning =
        switch (image.photometric()) {
          case RGB -> lossless ? Photometric.YBR_RCT : Photometric.YBR_ICT;
          case YBR_FULL_422 -> Photometric.YBR_FULL;
          case PALETTE_COLOR -> {
            if (!lossless) {
              throw new UnsupportedImageException("numbers of a palette can't be lossy");
            }
            yield Photometric.PALETTE_COLOR;
          }
          case YBR_ICT, YBR_RCT, YBR_PARTIAL_420 ->
              throw new UnsupportedImageException(image.photometric() + " is encoded already");
          default -> image.photometric();
        };
    return new ImageDescription(
        image.rows(),
        image.columns(),
        meaning,
        image.bitsAllocated(),
        image.bitsStored(),
        image.bitsStored() - 1,
        image.signed(),
        false);
  }

  @Override
  public EncodedFrame encode(Samples samples, String transferSyntax, EncoderOptions options)
      throws CodecException {
    Wanted.check();
    ImageDescription image = samples.image();
    ImageDescription encoded = encoded(image, transferSyntax, options);
    long values = image.pixels() * image.photometric().samples();
    try (Session session = new Session(library)) {
      // Noise grows a little; twice is never reached.
      long most = 2 * values * Math.ceilDiv(image.bitsStored(), 8) + HEADERS;
      MemorySegment codestream = session.arena().allocate(most, 8);
      MemorySegment state = session.toEncode(codestream);
      session.keep(newImage(session, image));
      fill(ImageStructure.of(session.image()), samples);
      encode(session, EncoderParameters.of(library, session, image, options));
      Wanted.check();
      long length = MemoryStream.position(state);
      return new EncodedFrame(encoded, codestream.asSlice(0, length).toArray(JAVA_BYTE));
    }
  }

  private void encode(Session session, MemorySegment parameters) throws CodecException {
    MemorySegment codec = session.codec();
    MemorySegment stream = session.stream();
    MemorySegment picture = session.image();
    session.step(
        "set up", () -> (int) library.setupEncoder.invokeExact(codec, parameters, picture));
    session.step("begun", () -> (int) library.startEncoding.invokeExact(codec, picture, stream));
    session.step("encoded", () -> (int) library.encode.invokeExact(codec, stream));
    session.step("ended", () -> (int) library.endEncoding.invokeExact(codec, stream));
  }

  private MemorySegment newImage(Session session, ImageDescription image) {
    int components = image.photometric().samples();
    MemorySegment parameters =
        session.arena().allocate((long) COMPONENT_PARAMETERS * components, 8);
    for (int i = 0; i < components; i++) {
      MemorySegment one = parameters.asSlice((long) COMPONENT_PARAMETERS * i);
      one.set(JAVA_INT, 0, 1);
      one.set(JAVA_INT, 4, 1);
      one.set(JAVA_INT, 8, image.columns());
      one.set(JAVA_INT, 12, image.rows());
      one.set(JAVA_INT, 24, image.bitsStored());
      one.set(JAVA_INT, 28, image.bitsStored());
      one.set(JAVA_INT, 32, image.signed() ? 1 : 0);
    }
    return ForeignCall.of(() ->
        (MemorySegment) library.newImage.invokeExact(components, parameters, COLOR_SPACE_UNKNOWN));
  }

  private static void fill(ImageStructure to, Samples samples) throws CodecException {
    ImageDescription image = samples.image();
    to.reach(image.columns(), image.rows());
    int[] line = new int[image.columns()];
    for (int channel = 0; channel < image.photometric().samples(); channel++) {
      MemorySegment data = to.data(channel, image);
      for (int row = 0; row < image.rows(); row++) {
        Wanted.check();
        int first = row * line.length;
        samples.read(first, channel, line);
        MemorySegment.copy(line, 0, data, JAVA_INT, (long) first * Integer.BYTES, line.length);
      }
    }
  }
}
