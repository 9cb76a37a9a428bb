package org.regionalpacs.codec.jpeg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuantizationTest {
  /** Coefficients of 12 bits have 15 of their own, and 3 as they are 8 times as great. */
  private static final int MOST = 1 << 18;

  @ParameterizedTest(name = "quality {0}")
  @ValueSource(ints = {1, 25, 50, 75, 90, 100})
  void givenAnyCoefficient_thenItIsRoundedAsDivisionDoes(int quality) {
    for (Quantization steps :
        new Quantization[] {Quantization.luminance(quality), Quantization.chrominance(quality)}) {
      byte[] table = steps.segment(0);
      int[] block = new int[64];
      short[] rounded = new short[64];
      int differences = 0;
      for (int value = -MOST; value <= MOST; value += 61) {
        Arrays.fill(block, value);
        steps.round(block, rounded, 0);
        for (int k = 0; k < 64; k++) {
          int step = 8 * (table[1 + k] & 0xFF);
          int half = value < 0 ? -step / 2 : step / 2;
          differences += rounded[k] == (short) ((value + half) / step) ? 0 : 1;
        }
      }
      assertThat(differences).isZero();
    }
  }
}
