package org.regionalpacs.webworker.reconcile;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicLong;
import org.regionalpacs.nodes.NodeTaskPlanner;
import org.regionalpacs.webworker.job.BackgroundJob;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
class ReconcilePlanConfiguration {

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
  ReconcileEndpoint reconcileEndpoint(ReconcilePlanning planning, ReconcileReports reports) {
    return new ReconcileEndpoint(planning, reports);
  }

  @Bean
  BackgroundJob reconciling(
      ReconcilePlanning planning,
      ReconcileReports reports,
      ReconcilePlanProperties properties,
      MeterRegistry meters) {
    AtomicLong losses = new AtomicLong();
    Gauge.builder("pacs.reconcile.losses", losses, AtomicLong::get)
        .description("Objects that the last run of each node found lost, or damaged and no copy")
        .strongReference(true)
        .register(meters);
    return new BackgroundJob(
        "reconciling",
        properties.poll(),
        () -> {
          planning.turn();
          losses.set(reports.losses());
        });
  }
}
