package org.regionalpacs.webworker.warehouse;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import org.regionalpacs.warehouse.WarehouseUpkeep;
import org.regionalpacs.webworker.job.BackgroundJob;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class WarehouseUpkeepConfiguration {
  private static final Duration POLL = Duration.ofSeconds(10);

  @Bean
  WarehouseUpkeeping warehouseUpkeeping(
      WarehouseUpkeep upkeep, WarehouseUpkeepProperties properties, MeterRegistry meters) {
    WarehouseUpkeeping upkeeping =
        new WarehouseUpkeeping(upkeep, properties, InstantSource.system());
    Gauge.builder(
            "pacs.warehouse.upkeep.failing", upkeeping, it -> it.failure().isPresent() ? 1 : 0)
        .description("Whether the warehouse couldn't be looked after the last time")
        .register(meters);
    return upkeeping;
  }

  @Bean
  BackgroundJob warehouseUpkeepJob(
      WarehouseUpkeeping upkeeping, WarehouseUpkeepProperties properties) {
    Duration poll = Collections.min(List.of(POLL, properties.interval(), properties.retry()));
    return new BackgroundJob("upkeep of the warehouse", poll, upkeeping::turn);
  }

  @Bean
  WarehouseUpkeepHealth warehouseUpkeepHealthIndicator(WarehouseUpkeeping upkeeping) {
    return new WarehouseUpkeepHealth(upkeeping);
  }
}
