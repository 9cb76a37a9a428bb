package org.regionalpacs.webworker.eviction;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.regionalpacs.nodes.NodeTaskPlanner;
import org.regionalpacs.webworker.job.BackgroundJob;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
class EvictionPlanConfiguration {

  @Bean
  BackgroundJob evictionPlanning(
      JdbcClient jdbc,
      PlatformTransactionManager transactions,
      NodeTaskPlanner tasks,
      EvictionPlanProperties properties,
      MeterRegistry meters) {
    EvictionPlanning planning =
        new EvictionPlanning(
            new EvictionQueue(jdbc),
            new TransactionTemplate(transactions),
            tasks,
            properties,
            meters);
    Gauge.builder("pacs.eviction.short.of.room", planning, EvictionPlanning::shortOfRoom)
        .description("Nodes below their free-space mark with no study that may be evicted")
        .strongReference(true)
        .register(meters);
    return new BackgroundJob("planning of evictions", properties.poll(), planning::turn);
  }
}
