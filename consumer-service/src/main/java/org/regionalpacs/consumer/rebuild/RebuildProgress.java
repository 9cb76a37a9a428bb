package org.regionalpacs.consumer.rebuild;

import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** What the operator sees of a rebuild: a line now and then, and all that is wrong. */
public final class RebuildProgress implements RebuildObserver {
  private static final long LINE_EVERY_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final Lines lines;
  private String what = "";
  private long total;
  private long begin;
  private long said;

  /** Where lines go. */
  public interface Lines {
    void say(String line);

    /** A part of the work, and how far it is. */
    void step(String what, String detail);
  }

  public RebuildProgress(Lines lines) {
    this.lines = lines;
  }

  @Override
  public void begins(String what, long total) {
    this.what = what;
    this.total = total;
    this.begin = System.nanoTime();
    this.said = begin;
    lines.step(what, total > 0 ? String.format(Locale.ROOT, "%,d", total) : "");
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
    lines.step(what, String.format(Locale.ROOT, "%,d%s, %,.0f/s", count, of, rate));
  }

  @Override
  public void waits(String why) {
    lines.say("  " + why);
  }

  @Override
  public void trouble(String line) {
    lines.say("  ! " + line);
  }
}
