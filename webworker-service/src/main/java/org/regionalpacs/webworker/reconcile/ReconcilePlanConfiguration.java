package org.regionalpacs.webworker.reconcile;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.regionalpacs.nodes.NodeTaskPlanner;
import org.regionalpacs.storage.BlobStore;
import org.regionalpacs.webworker.job.BackgroundJob;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
class ReconcilePlanConfiguration {
  private static final Duration PAUSE = Duration.ofMillis(100);

  @Bean
  ReconcilePlanning reconcilePlanning(
      JdbcClient jdbc,
      PlatformTransactionManager transactions,
      ReconcilePlanProperties properties) {
    return new ReconcilePlanning(
        jdbc, new TransactionTemplate(transactions), new NodeTaskPlanner(jdbc), properties);
  }

  @Bean
  ReconcileReports reconcileReports(JdbcClient jdbc) {
    return new ReconcileReports(jdbc);
  }

  @Bean
  ArchiveChecks archiveChecks(JdbcClient jdbc) {
    return new ArchiveChecks(jdbc);
  }

  @Bean
  ArchiveCheck archiveCheck(
      BlobStore archive,
      ArchiveChecks checks,
      PlatformTransactionManager transactions,
      ReconcilePlanProperties properties) {
    return new ArchiveCheck(archive, checks, new TransactionTemplate(transactions), properties);
  }

  @Bean
  BackgroundJob archiveChecking(ArchiveCheck check, ReconcilePlanProperties properties) {
    return new BackgroundJob(
        "archive-check",
        properties.poll(),
        () -> {
          while (check.turn()) {
            // Others want the archive too.
            Thread.sleep(PAUSE);
          }
        });
  }

  @Bean
  ReconcileEndpoint reconcileEndpoint(
      ReconcilePlanning planning, ReconcileReports reports, ArchiveChecks archives) {
    return new ReconcileEndpoint(planning, reports, archives);
  }

  @Bean
  BackgroundJob reconciling(
      ReconcilePlanning planning,
      ReconcileReports reports,
      ArchiveChecks archives,
      ReconcilePlanProperties properties,
      MeterRegistry meters) {
    AtomicLong losses = new AtomicLong();
    Gauge.builder("pacs.reconcile.losses", losses, AtomicLong::get)
        .description("Objects found lost on their node or in the archive, or damaged and no copy")
        .strongReference(true)
        .register(meters);
    return new BackgroundJob(
        "reconciling",
        properties.poll(),
        () -> {
          planning.turn();
          losses.set(reports.losses() + archives.losses());
        });
  }
}
