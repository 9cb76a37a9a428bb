package org.regionalpacs.dicom.net;

import java.util.HashMap;
import java.util.Map;

/**
 * The places for associations: so many in all, and so many for one calling AE title, so that one
 * peer that opens association after association leaves room for the others.
 */
final class Places {
  private final int max;
  private final int maxPerAe;
  private final Map<String, Integer> taken = new HashMap<>();
  private int total;

  /**
   * @param max places in all
   * @param maxPerAe places for one calling AE title
   */
  Places(int max, int maxPerAe) {
    this.max = max;
    this.maxPerAe = maxPerAe;
  }

  /** Takes a place; false when all, or all for this title, are taken. */
  synchronized boolean take(String callingAe) {
    if (total >= max || taken.getOrDefault(callingAe, 0) >= maxPerAe) {
      return false;
    }
    total++;
    taken.merge(callingAe, 1, Integer::sum);
    return true;
  }

  /** Gives a place back that was taken for this title. */
  synchronized void giveBack(String callingAe) {
    total--;
    taken.computeIfPresent(callingAe, (_, count) -> count == 1 ? null : count - 1);
  }

  /** Places taken now. */
  synchronized int taken() {
    return total;
  }
}
