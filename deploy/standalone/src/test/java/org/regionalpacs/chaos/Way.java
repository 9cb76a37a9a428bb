package org.regionalpacs.chaos;

import java.util.List;

/** A way to send objects. */
interface Way {
  /** For the ledger. */
  String name();

  /**
   * Sends them, each at most once.
   *
   * @return a result for each, in their order; what the sender can't tell is {@code UNKNOWN}
   */
  List<Result> send(List<SentObject> objects) throws InterruptedException;

  /**
   * What became of one.
   *
   * @param detail what was answered, or how it broke
   */
  record Result(Outcome outcome, String detail) {
    static final Result UNSENT = new Result(Outcome.UNSENT, "");
  }
}
