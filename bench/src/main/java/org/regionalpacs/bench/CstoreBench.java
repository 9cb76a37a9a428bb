package org.regionalpacs.bench;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sends to several receivers in turn, round by round. */
final class CstoreBench {
  private final List<Receiver> receivers;
  private final int warmUps;
  private final int rounds;

  /**
   * @param receivers the first is the one the others are compared with
   * @param warmUps rounds that don't count
   * @param rounds those that count
   */
  CstoreBench(List<Receiver> receivers, int warmUps, int rounds) {
    this.receivers = receivers;
    this.warmUps = warmUps;
    this.rounds = rounds;
  }

  /** Rates by receiver, one a round. */
  Map<Receiver, Rates> run(Sender sender, List<List<CtFile>> shares)
      throws IOException, InterruptedException {
    Map<Receiver, Rates> rates = new LinkedHashMap<>();
    receivers.forEach(receiver -> rates.put(receiver, new Rates()));
    for (int round = 1 - warmUps; round <= rounds; round++) {
      for (Receiver receiver : receivers) {
        double rate = once(receiver, sender, shares);
        if (round > 0) {
          rates.get(receiver).add(rate);
        }
      }
    }
    return rates;
  }

  private static double once(Receiver receiver, Sender sender, List<List<CtFile>> shares)
      throws IOException, InterruptedException {
    int images = shares.stream().mapToInt(List::size).sum();
    long start = System.nanoTime();
    sender.send(receiver.remote(), shares);
    double seconds = (System.nanoTime() - start) / 1e9;
    receiver.clear(images);
    return images / seconds;
  }
}
