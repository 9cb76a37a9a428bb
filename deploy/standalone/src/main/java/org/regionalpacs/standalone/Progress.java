package org.regionalpacs.standalone;

import java.io.PrintStream;

/** How far a long task is: a bar on a terminal, else a line now and then. */
final class Progress {
  private static final int WIDTH = 40;
  private static final long LINE_EVERY_NANOS = 5_000_000_000L;
  private static final long DRAW_EVERY_NANOS = 100_000_000L;

  private final PrintStream out;
  private final boolean terminal;
  private final int total;
  private final long begin = System.nanoTime();
  private long shown = begin;
  private boolean drawn;

  Progress(PrintStream out, boolean terminal, int total) {
    this.out = out;
    this.terminal = terminal;
    this.total = total;
  }

  static Progress toUser(int total) {
    boolean terminal = System.console() != null && System.console().isTerminal();
    return new Progress(System.out, terminal, total);
  }

  synchronized void done(int count) {
    long now = System.nanoTime();
    boolean last = count == total;
    if (now - shown < (terminal ? DRAW_EVERY_NANOS : LINE_EVERY_NANOS) && !(terminal && last)) {
      return;
    }
    shown = now;
    double seconds = (now - begin) / 1e9;
    String figures = "%d of %d, %.0f/s".formatted(count, total, count / Math.max(0.001, seconds));
    if (terminal) {
      int full = (int) ((long) count * WIDTH / Math.max(1, total));
      out.printf("\r[%s%s] %s ", "#".repeat(full), " ".repeat(WIDTH - full), figures);
      out.flush();
      drawn = true;
    } else {
      out.println(figures);
    }
  }

  /** Ends the bar, so that the next line stands alone. */
  synchronized void end() {
    if (drawn) {
      out.println();
    }
  }
}
