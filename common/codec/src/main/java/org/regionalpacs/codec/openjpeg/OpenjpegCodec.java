package org.regionalpacs.codec.openjpeg;

import java.util.Optional;
import org.regionalpacs.codec.Availability;
import org.regionalpacs.codec.FrameDecoder;
import org.regionalpacs.codec.FrameEncoder;
import org.regionalpacs.codec.foreign.MissingLibraryException;

/** What there is of OpenJPEG. */
public final class OpenjpegCodec {
  private static final String NAME = "OpenJPEG";
  private static final String PACKAGE = "libopenjp2-7";
  private static final String FILE = "libopenjp2.so.7";

  private OpenjpegCodec() {}

  /** Loaded by the first who asks. */
  private record Loaded(Availability availability, Optional<Openjpeg> library) {
    private static final Loaded ONCE = from(FILE);
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
}
