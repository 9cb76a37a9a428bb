package org.regionalpacs.warehouse.doris;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The frontends, by turns; those that failed lately come last. */
final class Frontends {
  private final List<URI> all;
  private final Duration pause;
  private final InstantSource clock;
  private final AtomicInteger turn = new AtomicInteger();
  private final Map<URI, Instant> failed = new ConcurrentHashMap<>();

  Frontends(List<URI> all, Duration pause, InstantSource clock) {
    this.all = List.copyOf(all);
    this.pause = pause;
    this.clock = clock;
  }

  /** All of them, in the order in which to ask them now. */
  List<URI> inOrder() {
    int first = Math.floorMod(turn.getAndIncrement(), all.size());
    List<URI> turned = new ArrayList<>(all.subList(first, all.size()));
    turned.addAll(all.subList(0, first));
    Instant since = clock.instant().minus(pause);
    failed.values().removeIf(at -> at.isBefore(since));
    turned.sort(Comparator.comparing(at -> failed.getOrDefault(at, Instant.MIN)));
    return turned;
  }

  void failed(URI frontend) {
    failed.put(frontend, clock.instant());
  }

  void answered(URI frontend) {
    failed.remove(frontend);
  }
}
