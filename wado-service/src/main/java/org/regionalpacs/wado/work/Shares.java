package org.regionalpacs.wado.work;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A bounded amount that is given out in the order of asking. Thread-safe. */
final class Shares {
  private final Deque<Share> waiting = new ArrayDeque<>();
  private final int most;
  private int free;

  /**
   * @param units how much there is
   * @param most who wait at the same time
   */
  Shares(int units, int most) {
    this.free = units;
    this.most = most;
  }

  /**
   * What one has asked for.
   *
   * @param units how much
   * @param turn is completed when it is given
   */
  record Share(int units, CompletableFuture<Boolean> turn) {
    private Share(int units) {
      this(units, new CompletableFuture<>());
    }
  }

  /** Asks; to be given back once, given or not. Empty when too many wait already. */
  synchronized Optional<Share> ask(int units) {
    Share share = new Share(units);
    waiting.addLast(share);
    serve();
    if (waiting.size() > most) {
      waiting.removeLast();
      return Optional.empty();
    }
    return Optional.of(share);
  }

  /** Gives back what was given, or asks for it no longer. */
  synchronized void giveBack(Share share) {
    if (!waiting.remove(share)) {
      free += share.units();
    }
    serve();
  }

  /** How many wait. */
  synchronized int waiting() {
    return waiting.size();
  }

  /** Who wants much isn't overtaken by those who want little. */
  private void serve() {
    while (!waiting.isEmpty() && waiting.getFirst().units() <= free) {
      Share next = waiting.removeFirst();
      free -= next.units();
      next.turn().complete(true);
    }
  }
}
