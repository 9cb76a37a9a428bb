package org.regionalpacs.bench;

/**
 * What the one that all are compared with is to reach.
 *
 * @param measure that decides
 * @param other name of somebody else, than whom it is to be so many times as good; its own: then
 *     its median itself counts
 * @param bound of the ratio, or of the median in the measure's unit
 * @param atMost whether it may be so much at most, else it must be at least
 */
record Goal(Measure measure, String other, double bound, boolean atMost) {

  static Goal atLeast(Measure measure, Peer peer, double times) {
    return new Goal(measure, peer.shown(), times, false);
  }

  static Goal atMost(Measure measure, String other, double times) {
    return new Goal(measure, other, times, true);
  }

  /** The product is to need so much itself at most, whoever else takes part. */
  static Goal within(Measure measure, double most) {
    return new Goal(measure, Product.NAME, most, true);
  }

  boolean met(double reached) {
    return atMost ? reached <= bound : reached >= bound;
  }
}
