package org.regionalpacs.webworker.job;

import java.util.List;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Down while a job fails or has ended. */
@Component("jobs")
class JobsHealth implements HealthIndicator {
  private final List<BackgroundJob> jobs;

  JobsHealth(List<BackgroundJob> jobs) {
    this.jobs = jobs;
  }

  @Override
  public Health health() {
    Health.Builder health = Health.up();
    for (BackgroundJob job : jobs) {
      String state = state(job);
      health.withDetail(job.name(), state);
      if (!state.equals("ok")) {
        health.down();
      }
    }
    return health.build();
  }

  private static String state(BackgroundJob job) {
    if (!job.isRunning()) {
      return "not running";
    }
    return job.failure().map(failure -> failure.getClass().getSimpleName()).orElse("ok");
  }
}
