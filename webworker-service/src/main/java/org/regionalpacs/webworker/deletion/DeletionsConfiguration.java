package org.regionalpacs.webworker.deletion;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.regionalpacs.index.DeletionJournal;
import org.regionalpacs.index.Removals;
import org.regionalpacs.index.Renditions;
import org.regionalpacs.nodes.NodeTaskPlanner;
import org.regionalpacs.storage.ArchiveCatalogue;
import org.regionalpacs.storage.ArchiveStores;
import org.regionalpacs.storage.cached.HotCache;
import org.regionalpacs.webworker.job.BackgroundJob;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class DeletionsConfiguration {
  private static final Duration HOUSEKEEPING = Duration.ofSeconds(30);
  private static final Duration LONGEST_CONVERSION = Duration.ofDays(1);

  @Bean
  NodeTaskPlanner nodeTaskPlanner(JdbcClient jdbc) {
    return new NodeTaskPlanner(jdbc);
  }

  @Bean
  BackgroundJob deletedObjects(
      DeletionJournal journal,
      Removals removals,
      ArchiveStores archives,
      ObjectProvider<ArchiveCatalogue> catalogue,
      ObjectProvider<HotCache> cache,
      NodeTaskPlanner planner,
      DeletionsProperties properties) {
    DeletedObjects deleted =
        new DeletedObjects(
            journal,
            removals,
            archives,
            catalogue.stream().findFirst(),
            cache.stream().findFirst(),
            planner,
            properties.batch());
    return new BackgroundJob("removal of deleted objects", properties.poll(), deleted::workOff);
  }

  @Bean
  BackgroundJob deletedOrphans(
      Removals removals, Renditions renditions, DeletionsProperties properties) {
    return new BackgroundJob(
        "search for copies of deleted objects and for broken off conversions",
        properties.orphans(),
        () -> {
          removals.addOrphans();
          renditions.abandonOlder(LONGEST_CONVERSION);
        });
  }

  @Bean
  BackgroundJob taskHousekeeping(
      NodeTaskPlanner planner,
      Removals removals,
      MeterRegistry meters,
      DeletionsProperties properties) {
    AtomicLong waiting = new AtomicLong();
    Gauge.builder("pacs.deletions.waiting", waiting, AtomicLong::get)
        .description("Places of deleted objects that are neither removed nor a node's task yet")
        .register(meters);
    return new BackgroundJob(
        "housekeeping of node tasks",
        HOUSEKEEPING,
        () -> {
          waiting.set(removals.waiting());
          planner.forgetDone(properties.keepTasks());
        });
  }
}
