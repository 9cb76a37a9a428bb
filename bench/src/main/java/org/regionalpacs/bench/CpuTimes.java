package org.regionalpacs.bench;

import java.util.Map;
import java.util.TreeMap;

/**
 * Time of processors by the kind of process that used it.
 *
 * @param byKind such as {@code postgres}
 */
record CpuTimes(Map<String, CpuTime> byKind) {

  /** What was used since. */
  CpuTimes since(CpuTimes before) {
    Map<String, CpuTime> used = new TreeMap<>();
    byKind.forEach(
        (kind, time) -> used.put(kind, time.minus(before.byKind.getOrDefault(kind, CpuTime.NONE))));
    return new CpuTimes(used);
  }

  CpuTime all() {
    return byKind.values().stream().reduce(CpuTime.NONE, CpuTime::plus);
  }
}
