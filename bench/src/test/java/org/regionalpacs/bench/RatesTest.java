package org.regionalpacs.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RatesTest {
  @Test
  void givenRoundsInAnyOrder_whenSummedUp_thenMedianAndExtremesAreRight() {
    Rates odd = rates(3, 1, 200);
    assertThat(odd.median()).isEqualTo(3);
    assertThat(odd.lowest()).isEqualTo(1);
    assertThat(odd.highest()).isEqualTo(200);
    assertThat(rates(4, 1, 2, 100).median()).isEqualTo(3);
  }

  @Test
  void givenRoundsThatWereDisturbedAlike_whenCompared_thenTheRatioIsThatOfTheRounds() {
    // Medians alone would say 10 / 30.
    assertThat(rates(10, 100, 8).ratioTo(rates(5, 50, 30))).isEqualTo(2);
  }

  private static Rates rates(double... values) {
    Rates rates = new Rates();
    for (double value : values) {
      rates.add(value);
    }
    return rates;
  }
}
