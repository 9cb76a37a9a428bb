package org.regionalpacs.codec.charls;

import java.util.Optional;
import org.regionalpacs.codec.Availability;
import org.regionalpacs.codec.EncoderOptions;
import org.regionalpacs.codec.FrameDecoder;
import org.regionalpacs.codec.FrameEncoder;
import org.regionalpacs.codec.ImageDescription;
import org.regionalpacs.codec.UnsupportedImageException;
import org.regionalpacs.codec.foreign.MissingLibraryException;

/** What there is of CharLS. */
public final class CharlsCodec {
  /** What it is called. */
  public static final String NAME = "CharLS";

  /** The package of Debian that has it. */
  public static final String PACKAGE = "libcharls2";

  /** System property with the file of the library, where it is called otherwise. */
  public static final String PROPERTY = "pacs.codec.charls";

  /** As Debian calls it. */
  public static final String FILE = "libcharls.so.2";

  private CharlsCodec() {}

  /** Loaded by the first who asks. */
  private record Loaded(Availability availability, Optional<Charls> library) {
    private static final Loaded ONCE = from(System.getProperty(PROPERTY, FILE));
  }

  private static Loaded from(String file) {
    try {
      Charls library = new Charls(file);
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
    return Loaded.ONCE.library().map(CharlsDecoder::new);
  }

  /** Its encoder. Color is coded line by line, as DCMTK does. */
  public static Optional<FrameEncoder> encoder() {
    return encoder(Interleave.LINE).map(encoder -> encoder);
  }

  /** An encoder that codes color otherwise. */
  static Optional<CharlsEncoder> encoder(Interleave interleave) {
    return Loaded.ONCE.library().map(library -> new CharlsEncoder(library, interleave));
  }

  /** What its encoder makes of an image; the library isn't needed to say so. */
  public static ImageDescription encoded(
      ImageDescription image, String transferSyntax, EncoderOptions options)
      throws UnsupportedImageException {
    return CharlsEncoder.described(image, transferSyntax, options);
  }
}
