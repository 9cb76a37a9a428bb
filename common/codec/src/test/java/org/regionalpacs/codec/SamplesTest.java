package org.regionalpacs.codec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SamplesTest {
  private static final int COLUMNS = 7;

  /** Bits that don't count are at random. */
  @ParameterizedTest(name = "{0} {1} bits of {2} up to bit {3}, signed {4}, by plane {5}")
  @CsvSource({
    "MONOCHROME2, 8, 8, 7, false, false",
    "MONOCHROME2, 5, 8, 6, true, false",
    "MONOCHROME2, 12, 16, 11, false, false",
    "MONOCHROME2, 12, 16, 15, true, false",
    "MONOCHROME2, 16, 16, 15, true, false",
    "MONOCHROME2, 20, 32, 24, true, false",
    "RGB, 8, 8, 7, false, false",
    "RGB, 10, 16, 9, true, true"
  })
  void givenCells_whenReadTogether_thenTheyAreThoseThatAreReadOneByOne(
      Photometric photometric,
      int stored,
      int allocated,
      int high,
      boolean signed,
      boolean planar) {
    Samples samples =
        Written.picture(
            new ImageDescription(5, COLUMNS, photometric, allocated, stored, high, signed, planar));
    int[] line = new int[COLUMNS];
    for (int channel = 0; channel < photometric.samples(); channel++) {
      for (int row = 0; row < 5; row++) {
        samples.read(row * COLUMNS, channel, line);
        for (int x = 0; x < COLUMNS; x++) {
          assertThat(line[x]).isEqualTo((int) samples.value(row * COLUMNS + x, channel));
        }
      }
    }
  }
}
