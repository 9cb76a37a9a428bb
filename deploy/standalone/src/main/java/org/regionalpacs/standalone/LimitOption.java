package org.regionalpacs.standalone;

import java.util.Collection;
import picocli.CommandLine.Option;

/** How many lines of a list. */
final class LimitOption {
  private static final int MOST = 10_000;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "50",
      description = "So many at most, 1 to 10000 (default: ${DEFAULT-VALUE}).")
  int limit = 50;

  /** The limit; complains when it is none. */
  int value() {
    if (limit < 1 || limit > MOST) {
      throw new Complaint("--limit: 1 to " + MOST, Complaint.USAGE);
    }
    return limit;
  }

  /** Says below a list that it may go on. */
  void tellWhenReached(Collection<?> shown) {
    if (shown.size() == limit) {
      System.out.printf("These are the newest %d: --limit shows more.%n", limit);
    }
  }
}
