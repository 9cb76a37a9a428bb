package org.regionalpacs.codec.openjpeg;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.MemorySegment;
import org.regionalpacs.codec.EncoderOptions;
import org.regionalpacs.codec.ImageDescription;
import org.regionalpacs.codec.Photometric;
import org.regionalpacs.codec.Quality;

/** Fills an {@code opj_cparameters_t}. */
final class EncoderParameters {
  private static final int SIZE = 18720;
  private static final int BY_RATE = 20;
  private static final int BY_QUALITY = 28;
  private static final int ORDER = 52;
  private static final int LAYERS = 4796;
  private static final int RATES = 4800;
  private static final int QUALITIES = 5200;
  private static final int RESOLUTIONS = 5600;
  private static final int IRREVERSIBLE = 5616;
  private static final int COLOR_TRANSFORM = 18698;
  private static final int RPCL = 2;

  /** A layer of twice the rate has that many decibels more, about. */
  private static final double DECIBELS_A_LAYER = 3;

  private EncoderParameters() {}

  static MemorySegment of(
      Openjpeg library, Session session, ImageDescription image, EncoderOptions options) {
    MemorySegment to = session.arena().allocate(SIZE, 8);
    Openjpeg.call(() -> {
      library.encoderDefaults.invokeExact(to);
    });
    int layers = options.layers();
    to.set(JAVA_INT, LAYERS, layers);
    for (int layer = 0; layer < layers; layer++) {
      int after = layers - 1 - layer;
      float rate = (float) Math.pow(2, after);
      switch (options.quality()) {
        case Quality.Lossless _ ->
            to.set(JAVA_FLOAT, RATES + 4L * layer, after == 0 ? 0 : 2 * rate);
        case Quality.Ratio(double ratio) ->
            to.set(JAVA_FLOAT, RATES + 4L * layer, (float) ratio * rate);
        case Quality.Psnr(double decibels) ->
            to.set(
                JAVA_FLOAT,
                QUALITIES + 4L * layer,
                (float) Math.max(1, decibels - after * DECIBELS_A_LAYER));
        case Quality.Near _, Quality.Percent _ ->
            throw new IllegalArgumentException("JPEG 2000 has a ratio or a PSNR only");
      }
    }
    boolean byQuality = options.quality() instanceof Quality.Psnr;
    to.set(JAVA_INT, byQuality ? BY_QUALITY : BY_RATE, 1);
    to.set(JAVA_INT, IRREVERSIBLE, options.quality() instanceof Quality.Lossless ? 0 : 1);
    to.set(JAVA_INT, RESOLUTIONS, resolutions(image, options.resolutions()));
    if (options.byResolution()) {
      to.set(JAVA_INT, ORDER, RPCL);
    }
    to.set(JAVA_BYTE, COLOR_TRANSFORM, (byte) (image.photometric() == Photometric.RGB ? 1 : 0));
    return to;
  }

  /** OpenJPEG refuses more than the smaller side can be halved. */
  private static int resolutions(ImageDescription image, int wanted) {
    int side = Math.min(image.rows(), image.columns());
    int most = Integer.SIZE - Integer.numberOfLeadingZeros(side);
    return Math.min(wanted, most);
  }
}
