package org.regionalpacs.consumer;

/** Failures in words. */
public final class Causes {
  private static final int LENGTH = 500;

  private Causes() {}

  /** The innermost failure in one line, cut where it goes on about the data. */
  public static String of(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String line = cause.toString().lines().findFirst().orElse("");
    return line.substring(0, Math.min(line.length(), LENGTH));
  }
}
