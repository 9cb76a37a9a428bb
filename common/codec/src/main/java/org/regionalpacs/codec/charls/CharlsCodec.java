package org.regionalpacs.codec.charls;

import java.util.Optional;
import org.regionalpacs.codec.Availability;
import org.regionalpacs.codec.FrameDecoder;
import org.regionalpacs.codec.FrameEncoder;
import org.regionalpacs.codec.foreign.MissingLibraryException;

/** What there is of CharLS. */
public final class CharlsCodec {
  private static final String NAME = "CharLS";
  private static final String PACKAGE = "libcharls2";
  private static final String FILE = "libcharls.so.2";

  private CharlsCodec() {}

  /** Loaded by the first who asks. */
  private record Loaded(Availability availability, Optional<Charls> library) {
    private static final Loaded ONCE = from(FILE);
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
}
