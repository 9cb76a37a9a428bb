package org.regionalpacs.standalone;

import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Option;

/** From when on a list begins. */
final class SinceOption {
  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "Only those since, such as 2026-01-02 or 2026-01-02T03:04:05Z.")
  Optional<String> since = Optional.empty();

  /** The time, if one was given; complains when it is none. */
  Optional<Instant> value() {
    return since.map(text -> Moment.read("--since", text));
  }
}
