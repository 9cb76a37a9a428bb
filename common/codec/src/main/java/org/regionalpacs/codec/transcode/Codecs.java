package org.regionalpacs.codec.transcode;

import java.util.Optional;
import java.util.function.Function;
import org.regionalpacs.codec.ForeignCodecs;
import org.regionalpacs.codec.FrameDecoder;
import org.regionalpacs.codec.FrameDecoders;
import org.regionalpacs.codec.FrameEncoder;
import org.regionalpacs.codec.FrameEncoders;

/** The decoders and encoders that frames go through: in this process, or where a crash is safe. */
public interface Codecs {
  /** The decoder of a transfer syntax; empty when there is none. */
  Optional<FrameDecoder> decoder(String transferSyntax);

  /** The encoder into a transfer syntax; empty when there is none. */
  Optional<FrameEncoder> encoder(String transferSyntax);

  /** Two tables by transfer syntax. */
  static Codecs of(
      Function<String, Optional<FrameDecoder>> decoders,
      Function<String, Optional<FrameEncoder>> encoders) {
    return new Codecs() {
      @Override
      public Optional<FrameDecoder> decoder(String transferSyntax) {
        return decoders.apply(transferSyntax);
      }

      @Override
      public Optional<FrameEncoder> encoder(String transferSyntax) {
        return encoders.apply(transferSyntax);
      }
    };
  }

  /** These, and others for the transfer syntaxes that these lack. */
  default Codecs or(Codecs others) {
    return of(
        syntax -> decoder(syntax).or(() -> others.decoder(syntax)),
        syntax -> encoder(syntax).or(() -> others.encoder(syntax)));
  }

  /** Those in Java, which no codestream can crash. */
  static Codecs inJava() {
    return of(FrameDecoders::of, FrameEncoders::of);
  }

  /**
   * Those in Java and the C libraries, in this process, which must do nothing else (see {@link
   * ForeignCodecs}).
   */
  static Codecs inProcess() {
    return inJava().or(of(ForeignCodecs::decoder, ForeignCodecs::encoder));
  }
}
