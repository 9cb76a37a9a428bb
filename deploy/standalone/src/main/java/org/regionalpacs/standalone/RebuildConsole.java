package org.regionalpacs.standalone;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.regionalpacs.consumer.rebuild.RebuildObserver;

/** What the operator sees of a rebuild: a line now and then, and all that is wrong. */
final class RebuildConsole implements RebuildObserver {
  private static final long LINE_EVERY_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final Console console;
  private String what = "";
  private long total;
  private long begin;
  private long said;

  RebuildConsole(Console console) {
    this.console = console;
  }

  @Override
  public void begins(String what, long total) {
    this.what = what;
    this.total = total;
    this.begin = System.nanoTime();
    this.said = begin;
    console.step(what, total > 0 ? String.format(Locale.ROOT, "%,d", total) : "");
  }

  @Override
  public void done(long count) {
    long now = System.nanoTime();
    if (now - said < LINE_EVERY_NANOS) {
      return;
    }
    said = now;
    double rate = count / ((now - begin) / 1e9);
    String of = total > 0 ? String.format(Locale.ROOT, " of %,d", total) : "";
    console.step(what, String.format(Locale.ROOT, "%,d%s, %,.0f/s", count, of, rate));
  }

  @Override
  public void waits(String why) {
    console.say("  " + why);
  }

  @Override
  public void trouble(String line) {
    console.say("  ! " + line);
  }
}
