package org.regionalpacs.warehouse.doris;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Gives a service the warehouse in Doris; import it. Its pool isn't a bean. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DorisProperties.class)
public class DorisWarehouseConfiguration {

  @Bean(destroyMethod = "close")
  DorisWarehouse dorisWarehouse(DorisProperties settings, MeterRegistry meters) {
    return new DorisWarehouse(settings, meters);
  }

  @Bean
  DorisHealthIndicator dorisHealthIndicator(DorisWarehouse warehouse, DorisProperties settings) {
    return new DorisHealthIndicator(warehouse, settings);
  }
}
