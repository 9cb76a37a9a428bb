package org.regionalpacs.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the kernel tells of a process (proc(5), {@code /proc/PID/stat}).
 *
 * @param name of its program, 15 characters of it
 * @param own what its threads used
 * @param reaped what its children used that have ended
 */
record ProcessStat(String name, CpuTime own, CpuTime reaped) {
  /** Of the clock in which times are told, on every Linux of today. */
  private static final double TICKS_PER_SECOND = 100;

  /** Fields after the name, from 0: utime is the twelfth. */
  private static final int USER_TIME = 11;

  static ProcessStat parse(String line) {
    int name = line.indexOf('(');
    int end = line.lastIndexOf(')');
    String[] fields = line.substring(end + 2).split(" ");
    return new ProcessStat(
        line.substring(name + 1, end), time(fields, USER_TIME), time(fields, USER_TIME + 2));
  }

  private static CpuTime time(String[] fields, int at) {
    return new CpuTime(
        Long.parseLong(fields[at]) / TICKS_PER_SECOND,
        Long.parseLong(fields[at + 1]) / TICKS_PER_SECOND);
  }

  /** Of a process; nothing when it has ended. */
  static Optional<ProcessStat> of(long pid) {
    return read(pid, "stat").map(ProcessStat::parse);
  }

  /** A file of a process in {@code /proc}; nothing when it has ended. */
  static Optional<String> read(long pid, String file) {
    try {
      Path path = Path.of("/proc", Long.toString(pid), file);
      return Optional.of(new String(Files.readAllBytes(path), StandardCharsets.UTF_8));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
