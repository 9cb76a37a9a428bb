package org.regionalpacs.webworker.changes;

import java.time.Duration;
import java.util.List;
import org.regionalpacs.webworker.job.BackgroundJob;
import org.springframework.context.SmartLifecycle;

/** All webhooks, each in a thread of its own: one that hangs holds up no other. */
final class Webhooks implements SmartLifecycle {
  private final List<BackgroundJob> jobs;

  Webhooks(List<Webhook> webhooks, Duration poll) {
    this.jobs =
        webhooks.stream()
            .map(webhook -> new BackgroundJob("webhook " + webhook.name(), poll, webhook::turn))
            .toList();
  }

  @Override
  public void start() {
    jobs.forEach(BackgroundJob::start);
  }

  @Override
  public void stop() {
    jobs.forEach(BackgroundJob::stop);
  }

  @Override
  public boolean isRunning() {
    return jobs.stream().anyMatch(BackgroundJob::isRunning);
  }
}
