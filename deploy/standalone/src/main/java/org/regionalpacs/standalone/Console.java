package org.regionalpacs.standalone;

import java.util.Locale;
import org.regionalpacs.consumer.rebuild.RebuildProgress;

/** What the user sees of a start: short lines with the time they came at. */
final class Console implements RebuildProgress.Lines {
  private final long begin = System.nanoTime();

  @Override
  public synchronized void say(String line) {
    System.out.println(line);
    System.out.flush();
  }

  @Override
  public void step(String what, String detail) {
    say("  %-11s %-32s %5s s".formatted(what, detail, elapsed()));
  }

  String elapsed() {
    return String.format(Locale.ROOT, "%.1f", (System.nanoTime() - begin) / 1e9);
  }
}
