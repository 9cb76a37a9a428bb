package org.regionalpacs.consumer.converter;

import java.util.Arrays;
import org.regionalpacs.codec.EncoderOptions;
import org.regionalpacs.codec.Quality;
import org.regionalpacs.codec.transcode.Target;
import org.regionalpacs.index.RenditionKind;
import org.regionalpacs.messages.ConvertMessage;

/**
 * A rendition that is to be made.
 *
 * @param kind what for
 * @param target how
 * @param terms both in words: a rendition with the same ones needn't be made again
 * @param ifSmaller whether a larger one is of no use
 */
record Goal(RenditionKind kind, Target target, String terms, boolean ifSmaller) {

  /**
   * As a message says.
   *
   * @throws IllegalArgumentException when it makes no sense
   */
  static Goal of(ConvertMessage.Wanted wanted) {
    RenditionKind kind =
        Arrays.stream(RenditionKind.values())
            .filter(each -> each.text().equals(wanted.kind()))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no such Kind: " + wanted.kind()));
    if (!wanted.transferSyntax().matches("[0-9.]{1,64}")) {
      throw new IllegalArgumentException("TransferSyntax is no UID");
    }
    return switch (kind) {
      case LOSSLESS ->
          new Goal(
              kind,
              Target.lossless(wanted.transferSyntax()),
              wanted.transferSyntax(),
              wanted.ifSmaller());
      case PREVIEW ->
          new Goal(
              kind,
              new Target(
                  wanted.transferSyntax(), EncoderOptions.of(new Quality.Ratio(wanted.ratio()))),
              wanted.transferSyntax() + " 1:" + wanted.ratio(),
              wanted.ifSmaller());
    };
  }
}
