package org.regionalpacs.codec.display;

import java.util.Optional;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;

/**
 * A window (PS3.3 C.11.2.1.2) over the values that the modality transformation gives.
 *
 * @param center its center
 * @param width its width: at least 1 when linear, else more than 0
 * @param function how values in it become levels
 */
public record Window(double center, double width, VoiFunction function) {

  /**
   * @throws IllegalArgumentException when there is no such window
   */
  public Window {
    if (!isPossible(center, width, function)) {
      throw new IllegalArgumentException("no window: " + center + ", " + width);
    }
  }

  private static boolean isPossible(double center, double width, VoiFunction function) {
    boolean wide = function == VoiFunction.LINEAR ? width >= 1 : width > 0;
    return wide && Double.isFinite(center) && Double.isFinite(width);
  }

  /** The first window of a VOI LUT module or macro; empty when it has none that is possible. */
  static Optional<Window> of(Attributes voi) {
    double center = voi.getDouble(Tag.WindowCenter, Double.NaN);
    double width = voi.getDouble(Tag.WindowWidth, Double.NaN);
    VoiFunction function =
        VoiFunction.named(voi.getString(Tag.VOILUTFunction, "")).orElse(VoiFunction.LINEAR);
    return isPossible(center, width, function)
        ? Optional.of(new Window(center, width, function))
        : Optional.empty();
  }

  /** Where a value lies between black and white: 0 to 1. */
  double fraction(double value) {
    return function.fraction(value, center, width);
  }
}
