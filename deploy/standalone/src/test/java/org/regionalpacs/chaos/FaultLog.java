package org.regionalpacs.chaos;

import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** What was broken when; shown as it happens. */
final class FaultLog {
  private final List<String> lines = new ArrayList<>();

  synchronized void say(String line, Object... values) {
    String text = LocalTime.now().truncatedTo(ChronoUnit.MILLIS) + " " + line.formatted(values);
    lines.add(text);
    System.out.println(text);
  }

  @Override
  public synchronized String toString() {
    return String.join("\n", lines);
  }
}
