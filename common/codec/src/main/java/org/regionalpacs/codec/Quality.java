package org.regionalpacs.codec;

/** How exact an encoded frame is to be. */
public sealed interface Quality {
  /** Every sample comes back. */
  Quality LOSSLESS = new Lossless();

  /** Every sample comes back. */
  record Lossless() implements Quality {}

  /**
   * No sample comes back with a greater difference; of JPEG-LS.
   *
   * @param difference 1 to 255, and less than half of the greatest sample
   */
  record Near(int difference) implements Quality {
    public Near {
      require(difference >= 1 && difference <= 255, "a difference from 1 to 255");
    }
  }

  /**
   * So many times fewer bits than samples have that count; of JPEG 2000.
   *
   * @param ratio more than 1
   */
  record Ratio(double ratio) implements Quality {
    public Ratio {
      require(ratio > 1 && ratio <= 10_000, "a ratio from 1 to 10000");
    }
  }

  /**
   * A ratio of the greatest sample to the noise; of JPEG 2000.
   *
   * @param decibels 1 to 200
   */
  record Psnr(double decibels) implements Quality {
    public Psnr {
      require(decibels >= 1 && decibels <= 200, "a PSNR from 1 to 200 decibels");
    }
  }

  /**
   * How fine the steps are to which frequencies are rounded, as the IJG's library counts; of JPEG.
   *
   * @param quality 1 to 100, which still isn't lossless
   */
  record Percent(int quality) implements Quality {
    public Percent {
      require(quality >= 1 && quality <= 100, "from 1 to 100");
    }
  }

  private static void require(boolean condition, String what) {
    if (!condition) {
      throw new IllegalArgumentException("the quality must be " + what);
    }
  }
}
