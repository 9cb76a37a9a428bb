package org.regionalpacs.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What was measured over several rounds, in images a second mostly. */
final class Rates {
  private final List<Double> rates = new ArrayList<>();

  void add(double rate) {
    rates.add(rate);
  }

  double median() {
    List<Double> sorted = new ArrayList<>(rates);
    Collections.sort(sorted);
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  double lowest() {
    return Collections.min(rates);
  }

  double highest() {
    return Collections.max(rates);
  }

  /**
   * The median of the ratios round by round: what disturbs the machine in a round disturbs both.
   *
   * @param other measured in the same rounds
   */
  double ratioTo(Rates other) {
    return ratiosTo(other).median();
  }

  /** The ratios round by round. */
  Rates ratiosTo(Rates other) {
    Rates ratios = new Rates();
    for (int round = 0; round < rates.size(); round++) {
      ratios.add(rates.get(round) / other.rates.get(round));
    }
    return ratios;
  }
}
