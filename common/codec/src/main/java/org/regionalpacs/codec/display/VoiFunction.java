package org.regionalpacs.codec.display;

import java.util.Arrays;
import java.util.Optional;

/** VOI LUT Function (PS3.3 C.11.2.1.3). */
public enum VoiFunction {
  /** C.11.2.1.2.1; the width is at least 1. */
  LINEAR {
    @Override
    double fraction(double value, double center, double width) {
      double middle = center - 0.5;
      double half = (width - 1) / 2;
      if (value <= middle - half) {
        return 0;
      }
      return value > middle + half ? 1 : (value - middle) / (width - 1) + 0.5;
    }
  },
  /** C.11.2.1.3.2. */
  LINEAR_EXACT {
    @Override
    double fraction(double value, double center, double width) {
      return Math.clamp((value - center) / width + 0.5, 0, 1);
    }
  },
  /** C.11.2.1.3.1. */
  SIGMOID {
    @Override
    double fraction(double value, double center, double width) {
      return 1 / (1 + Math.exp(-4 * (value - center) / width));
    }
  };

  /** The function of that name, as the attribute spells it. */
  public static Optional<VoiFunction> named(String name) {
    return Arrays.stream(values()).filter(one -> one.name().equals(name)).findFirst();
  }

  /** Where a value lies between black and white: 0 to 1. */
  abstract double fraction(double value, double center, double width);
}
