package org.regionalpacs.codec.openjpeg;

import java.util.Optional;
import org.regionalpacs.codec.Availability;
import org.regionalpacs.codec.EncoderOptions;
import org.regionalpacs.codec.FrameDecoder;
import org.regionalpacs.codec.FrameEncoder;
import org.regionalpacs.codec.ImageDescription;
import org.regionalpacs.codec.UnsupportedImageException;
import org.regionalpacs.codec.foreign.MissingLibraryException;

/** What there is of OpenJPEG. */
public final class OpenjpegCodec {
  /** What it is called. */
  public static final String NAME = "OpenJPEG";

  /** The package of Debian that has it. */
  public static final String PACKAGE = "libopenjp2-7";

  /** System property with the file of the library, where it is called otherwise. */
  public static final String PROPERTY = "pacs.codec.openjpeg";

  /** As Debian calls it. */
  public static final String FILE = "libopenjp2.so.7";

  private OpenjpegCodec() {}

  /** Loaded by the first who asks. */
  private record Loaded(Availability availability, Optional<Openjpeg> library) {
    private static final Loaded ONCE = from(System.getProperty(PROPERTY, FILE));
  }

  private static Loaded from(String file) {
    try {
      Openjpeg library = new Openjpeg(file);
      return new Loaded(Availability.of(NAME, PACKAGE, library.version()), Optional.of(library));
    } catch (MissingLibraryException e) {
      return new Loaded(Availability.missing(NAME, PACKAGE, e.getMessage()), Optional.empty());
    }
  }

  /** What there would be with another file. */
  static Availability availability(String file) {
    return from(file).availability();
  }

  /** Whether it can be used. */
  public static Availability availability() {
    return Loaded.ONCE.availability();
  }

  /** Its decoder. */
  public static Optional<FrameDecoder> decoder() {
    return Loaded.ONCE.library().map(OpenjpegDecoder::new);
  }

  /** Its encoder. */
  public static Optional<FrameEncoder> encoder() {
    return Loaded.ONCE.library().map(OpenjpegEncoder::new);
  }

  /** What its encoder makes of an image; the library isn't needed to say so. */
  public static ImageDescription encoded(
      ImageDescription image, String transferSyntax, EncoderOptions options)
      throws UnsupportedImageException {
    return OpenjpegEncoder.described(image, transferSyntax, options);
  }
}
