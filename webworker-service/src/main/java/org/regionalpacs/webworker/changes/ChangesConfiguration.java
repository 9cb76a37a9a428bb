package org.regionalpacs.webworker.changes;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.regionalpacs.index.ChangeFeed;
import org.regionalpacs.index.ChangeSequencer;
import org.regionalpacs.webworker.job.BackgroundJob;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class ChangesConfiguration {
  private static final Duration HOUSEKEEPING = Duration.ofMinutes(1);

  @Bean
  BackgroundJob numberingOfChanges(ChangeSequencer sequencer, ChangesProperties properties) {
    return new BackgroundJob(
        "numbering of changes",
        properties.poll(),
        () -> untilDone(properties.batch(), () -> sequencer.number(properties.batch())));
  }

  @Bean
  BackgroundJob forgettingOfChanges(ChangeSequencer sequencer, ChangesProperties properties) {
    return new BackgroundJob(
        "forgetting of old changes",
        HOUSEKEEPING,
        () ->
            untilDone(
                properties.batch(), () -> sequencer.forget(properties.keep(), properties.batch())));
  }

  @Bean
  Webhooks webhooks(
      ChangeFeed feed, JdbcClient jdbc, WebhookProperties properties, MeterRegistry meters) {
    WebhookTable table = new WebhookTable(jdbc);
    return new Webhooks(
        properties.targets().stream()
            .map(target -> new Webhook(target, properties, feed, table, meters))
            .toList(),
        properties.poll());
  }

  private interface Batch {
    int run();
  }

  private static void untilDone(int full, Batch batch) {
    int done;
    do {
      done = batch.run();
    } while (done == full && !Thread.currentThread().isInterrupted());
  }
}
