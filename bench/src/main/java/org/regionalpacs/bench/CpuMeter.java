package org.regionalpacs.bench;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * What processes and all that they started used of the processors, also those that have ended,
 * which count as their parents do.
 *
 * @param roots process ids
 */
record CpuMeter(List<Long> roots) {

  static CpuMeter of(Long... roots) {
    return new CpuMeter(List.of(roots));
  }

  CpuTimes now() {
    Map<String, CpuTime> byKind = new TreeMap<>();
    pids()
        .forEach(pid ->
            ProcessStat.of(pid)
                .ifPresent(stat ->
                    byKind.merge(kind(pid, stat), stat.own().plus(stat.reaped()), CpuTime::plus)));
    return new CpuTimes(byKind);
  }

  /** This process without its children: what generating the load costs. */
  static CpuTime ofThisProcess() {
    return ProcessStat.of(ProcessHandle.current().pid()).map(ProcessStat::own).orElse(CpuTime.NONE);
  }

  private LongStream pids() {
    return roots.stream()
        .flatMapToLong(root ->
            ProcessHandle.of(root).stream()
                .flatMapToLong(handle ->
                    LongStream.concat(
                        LongStream.of(root), handle.descendants().mapToLong(ProcessHandle::pid))))
        .distinct();
  }

  /** Java's programs are told apart by what they run. */
  private static String kind(long pid, ProcessStat stat) {
    if (!stat.name().equals("java")) {
      return stat.name();
    }
    String line = ProcessStat.read(pid, "cmdline").orElse("");
    if (line.contains("org.regionalpacs.standalone.Pacs\0")) {
      return "services";
    }
    return line.contains("kafka") ? "Kafka" : "other Java";
  }
}
