package org.regionalpacs.warehouse.statistics;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;

/**
 * How long objects of a day took from their reception into the index, counted in steps.
 *
 * @param day of reception
 * @param counts objects for each of {@link #BOUNDS} that took so long at most, and longer than the
 *     bound before; the last count is of those that took longer than all
 */
public record Delays(LocalDate day, List<Long> counts) {
  /** Up to which each of the counts is. */
  public static final List<Duration> BOUNDS =
      List.of(
          Duration.ofMillis(100),
          Duration.ofMillis(250),
          Duration.ofMillis(500),
          Duration.ofSeconds(1),
          Duration.ofSeconds(2),
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(15),
          Duration.ofHours(1),
          Duration.ofHours(6),
          Duration.ofDays(1));

  static final String COLUMNS =
      "delay_100ms, delay_250ms, delay_500ms, delay_1s, delay_2s, delay_5s, delay_10s, delay_30s,"
          + " delay_1m, delay_5m, delay_15m, delay_1h, delay_6h, delay_1d, delay_more";

  public Delays {
    if (counts.size() != BOUNDS.size() + 1) {
      throw new IllegalArgumentException("%d counts".formatted(counts.size()));
    }
    counts = List.copyOf(counts);
  }

  /** Of several days, as if all were of this one. */
  public static Delays sum(LocalDate day, List<Delays> days) {
    List<Long> sums = new ArrayList<>(Collections.nCopies(BOUNDS.size() + 1, 0L));
    for (Delays each : days) {
      for (int i = 0; i < sums.size(); i++) {
        sums.set(i, sums.get(i) + each.counts().get(i));
      }
    }
    return new Delays(day, sums);
  }

  /** All objects of the day. */
  public long objects() {
    return counts.stream().mapToLong(Long::longValue).sum();
  }

  /**
   * Milliseconds that this percentage of the objects took at most, as if those of a step were
   * spread evenly over it; empty when it is longer than all bounds, or there were no objects.
   *
   * @param percent above 0, up to 100
   */
  public OptionalLong percentile(double percent) {
    double wanted = objects() * percent / 100;
    long below = 0;
    long from = 0;
    for (int i = 0; i < BOUNDS.size(); i++) {
      long to = BOUNDS.get(i).toMillis();
      long count = counts.get(i);
      if (count > 0 && below + count >= wanted) {
        return OptionalLong.of(from + Math.round((to - from) * (wanted - below) / count));
      }
      below += count;
      from = to;
    }
    return OptionalLong.empty();
  }
}
