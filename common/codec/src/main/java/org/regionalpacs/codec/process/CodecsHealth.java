package org.regionalpacs.codec.process;

import java.time.Duration;
import java.util.List;
import org.regionalpacs.codec.Availability;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * Whether all libraries of codecs can be used. When one can't, this alone says DEGRADED, and which
 * package to install: the service stays UP, as all other images can be shown.
 */
final class CodecsHealth implements HealthIndicator {
  private static final Status DEGRADED = new Status("DEGRADED");
  private static final Duration WAIT = Duration.ofSeconds(2);

  private final CodecProcesses processes;

  CodecsHealth(CodecProcesses processes) {
    this.processes = processes;
  }

  @Override
  public Health health() {
    List<Availability> libraries = processes.availability(WAIT);
    boolean complete = KnownLibraries.complete(libraries);
    Health.Builder health = complete ? Health.up() : Health.status(DEGRADED);
    libraries.forEach(library -> health.withDetail(library.library(), library.detail()));
    return health.build();
  }
}
