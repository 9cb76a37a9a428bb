package org.regionalpacs.codec;

/**
 * How frames are encoded. Encoders refuse a quality that their syntax can't have; what else they
 * have no use for they leave alone.
 *
 * @param quality of what comes back
 * @param resolutions of JPEG 2000: 1 to 33, of which no more are used than the image has pixels for
 * @param layers of JPEG 2000, each of twice the quality of the one before: 1 to 100
 * @param byResolution whether in JPEG 2000 all of a lower resolution precedes any of a higher one
 *     (RPCL), else all of a lower quality that of a higher one (LRCP)
 */
public record EncoderOptions(Quality quality, int resolutions, int layers, boolean byResolution) {
  /** Without loss. */
  public static final EncoderOptions LOSSLESS = of(Quality.LOSSLESS);

  public EncoderOptions {
    if (resolutions < 1 || resolutions > 33 || layers < 1 || layers > 100) {
      throw new IllegalArgumentException(
          "there are 1 to 33 resolutions and 1 to 100 layers, not %d and %d"
              .formatted(resolutions, layers));
    }
  }

  /** What is usual, with a quality. */
  public static EncoderOptions of(Quality quality) {
    return new EncoderOptions(quality, 6, 1, false);
  }
}
