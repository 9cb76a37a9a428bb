package org.regionalpacs.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Lets one after the other work, and tells what that cost. */
final class Turns {
  /** Of a processor: who uses less has nothing to do but look whether there is something. */
  private static final double IDLE = 0.15;

  private static final int LOOK_MILLIS = 500;
  private static final Duration LONG = Duration.ofMinutes(1);

  private final List<Contender> all;

  Turns(List<Contender> all) {
    this.all = all;
  }

  /** What is done in a turn. */
  interface Work {
    void run() throws IOException, InterruptedException;
  }

  Turn take(Contender who, Work work) throws IOException, InterruptedException {
    CpuTime others = others(who);
    CpuTimes own = who.cpu().now();
    CpuTime load = CpuMeter.ofThisProcess();
    long start = System.nanoTime();
    work.run();
    double seconds = (System.nanoTime() - start) / 1e9;
    System.err.printf("%s had a turn of %.1f s%n", who.name(), seconds);
    return new Turn(
        seconds,
        who.cpu().now().since(own),
        CpuMeter.ofThisProcess().minus(load),
        others(who).minus(others));
  }

  private CpuTime others(Contender who) {
    return all.stream()
        .filter(each -> each != who)
        .map(each -> each.cpu().now().all())
        .reduce(CpuTime.NONE, CpuTime::plus);
  }

  /** Waits, a minute at most, until somebody has done what is left after its answers. */
  static void settle(Contender who) throws IOException {
    settle(who, LONG);
  }

  /** Waits as {@link #settle(Contender)}, for so long at most. */
  static void settle(Contender who, Duration atMost) throws IOException {
    long looks = atMost.toMillis() / LOOK_MILLIS;
    int idle = 0;
    for (int look = 0; look < looks && idle < 2; look++) {
      double before = who.cpu().now().all().total();
      Pause.millis(LOOK_MILLIS);
      double used = who.cpu().now().all().total() - before;
      idle = used < IDLE * LOOK_MILLIS / 1000 ? idle + 1 : 0;
    }
  }

  /** Has everything written that waits for it, so that the next one's disk is free. */
  static void flushDisk() throws IOException, InterruptedException {
    new ProcessBuilder("sync").inheritIO().start().waitFor();
  }
}
