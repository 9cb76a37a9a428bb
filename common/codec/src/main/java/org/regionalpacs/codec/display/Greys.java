package org.regionalpacs.codec.display;

import java.util.Optional;
import org.regionalpacs.codec.ImageDescription;
import org.regionalpacs.codec.Photometric;
import org.regionalpacs.codec.Samples;
import org.regionalpacs.codec.Wanted;
import org.regionalpacs.dicom.data.Tag;

/** From stored grey values to levels of grey, 0 black to 255 white. */
final class Greys {
  private static final int TABLE_BITS = 16;

  private final ImageDescription image;
  private final Modality modality;
  private final Voi voi;
  private final Padding padding;
  private final boolean inverse;

  /**
   * @param window instead of what the frame brings along
   */
  Greys(Samples samples, FrameAttributes frame, Optional<Window> window) {
    this.image = samples.image();
    this.modality = Modality.of(frame, image);
    this.padding = Padding.of(frame.dataSet(), image);
    this.inverse =
        image.photometric() == Photometric.MONOCHROME1
            || frame.dataSet().getString(Tag.PresentationLUTShape, "").equals("INVERSE");
    this.voi =
        window
            .<Voi>map(Voi.Windowed::new)
            .or(() -> Voi.of(frame, modality, image.signed()))
            .orElseGet(() -> range(samples));
  }

  /** One level for each pixel. */
  void show(Samples samples, byte[] levels) {
    if (image.bitsStored() > TABLE_BITS) {
      for (int i = 0; i < levels.length; i++) {
        look(i);
        levels[i] = level(samples.value(i, 0));
      }
      return;
    }
    byte[] table = new byte[1 << image.bitsStored()];
    long least = image.least();
    for (int i = 0; i < table.length; i++) {
      table[i] = level(least + i);
    }
    for (int i = 0; i < levels.length; i++) {
      look(i);
      levels[i] = table[(int) (samples.value(i, 0) - least)];
    }
  }

  private static void look(int pixel) {
    if ((pixel & Wanted.PIXELS) == 0) {
      Wanted.check();
    }
  }

  private byte level(long stored) {
    if (padding.holds(stored)) {
      return 0;
    }
    double fraction = voi.fraction(modality.value(stored));
    return (byte) Math.round(255 * (inverse ? 1 - fraction : fraction));
  }

  private Voi range(Samples samples) {
    if (image.bitsStored() == 1) {
      return new Voi.Range(modality.value(0), modality.value(1));
    }
    double least = Double.POSITIVE_INFINITY;
    double greatest = Double.NEGATIVE_INFINITY;
    int pixels = Math.toIntExact(image.pixels());
    for (int i = 0; i < pixels; i++) {
      look(i);
      long stored = samples.value(i, 0);
      if (!padding.holds(stored)) {
        double value = modality.value(stored);
        least = Math.min(least, value);
        greatest = Math.max(greatest, value);
      }
    }
    return new Voi.Range(least, greatest);
  }
}
