package org.regionalpacs.codec.transcode;

import org.regionalpacs.codec.EncoderOptions;
import org.regionalpacs.codec.Quality;

/**
 * What an object becomes.
 *
 * @param transferSyntax UID
 * @param options of its encoder; native transfer syntaxes have no use for them
 */
public record Target(String transferSyntax, EncoderOptions options) {

  /** A transfer syntax in which every sample comes back. */
  public static Target lossless(String transferSyntax) {
    return new Target(transferSyntax, EncoderOptions.LOSSLESS);
  }

  boolean isLossless() {
    return options.quality() instanceof Quality.Lossless;
  }
}
