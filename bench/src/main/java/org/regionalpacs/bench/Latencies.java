package org.regionalpacs.bench;

import java.util.Arrays;
import java.util.List;

/** How long requests took. */
final class Latencies {
  private static final double NANOS_PER_MILLI = 1e6;

  private long[] nanos = new long[1024];
  private int count;

  void add(long each) {
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * count);
    }
    nanos[count++] = each;
  }

  static Latencies of(List<Latencies> parts) {
    Latencies all = new Latencies();
    for (Latencies part : parts) {
      for (int i = 0; i < part.count; i++) {
        all.add(part.nanos[i]);
      }
    }
    Arrays.sort(all.nanos, 0, all.count);
    return all;
  }

  int count() {
    return count;
  }

  /**
   * What so many of a hundred took at most, by the nearest rank, in milliseconds; of those that
   * were {@link #of put together}.
   */
  double percentile(int percent) {
    if (count == 0) {
      throw new IllegalStateException("no request was answered");
    }
    int rank = (int) Math.ceil(percent / 100.0 * count);
    return nanos[Math.max(1, rank) - 1] / NANOS_PER_MILLI;
  }
}
