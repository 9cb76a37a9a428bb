package org.regionalpacs.bench;

import java.time.Duration;
import picocli.CommandLine.Option;

/** How long servers are asked. */
final class WebOptions {
  private static final int MILLIS = 1000;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "3",
      description = "How long a turn takes (default: ${DEFAULT-VALUE}).")
  double seconds = 3;

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      defaultValue = "6",
      description =
          "How long the product is asked before, for each kind of turn (default: ${DEFAULT-VALUE};"
              + " its peers 1).")
  double warmUpSeconds = 6;

  @Option(
      names = "--images",
      paramLabel = "N",
      defaultValue = "250",
      description = "Images of the series, at most 1000 (default: ${DEFAULT-VALUE}).")
  int images = 250;

  Duration time() {
    return Duration.ofMillis(Math.round(seconds * MILLIS));
  }

  Duration warmUp() {
    return Duration.ofMillis(Math.round(warmUpSeconds * MILLIS));
  }
}
