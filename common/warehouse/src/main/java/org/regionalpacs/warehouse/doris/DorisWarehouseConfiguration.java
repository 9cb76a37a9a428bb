package org.regionalpacs.warehouse.doris;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.regionalpacs.warehouse.RetentionProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Gives a service the warehouse in Doris; import it. Its pool isn't a bean. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({DorisProperties.class, RetentionProperties.class})
public class DorisWarehouseConfiguration {

  @Bean(destroyMethod = "close")
  DorisWarehouse dorisWarehouse(DorisProperties settings, MeterRegistry meters) {
    // It tells errors whole, with the values that they quote, each time.
    LoggingSystem.get(DorisWarehouse.class.getClassLoader())
        .setLogLevel("org.mariadb.jdbc.message.server.ErrorPacket", LogLevel.OFF);
    return new DorisWarehouse(settings, meters);
  }

  @Bean
  DorisUpkeep dorisUpkeep(
      DorisWarehouse warehouse, DorisProperties settings, RetentionProperties retention) {
    return new DorisUpkeep(warehouse, settings.database(), retention, Clock.systemUTC());
  }

  @Bean
  DorisHealthIndicator dorisHealthIndicator(DorisWarehouse warehouse, DorisProperties settings) {
    return new DorisHealthIndicator(warehouse, settings);
  }
}
