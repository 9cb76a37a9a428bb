package org.regionalpacs.warehouse.postgres;

import java.time.Clock;
import org.regionalpacs.warehouse.RetentionProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/**
 * Gives a service the warehouse in PostgreSQL; import it. Its pool isn't a bean, so that the
 * service's own database stays the only one.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({PostgresWarehouseProperties.class, RetentionProperties.class})
public class PostgresWarehouseConfiguration {

  @Bean(destroyMethod = "close")
  PostgresWarehouse postgresWarehouse(
      PostgresWarehouseProperties properties, JdbcConnectionDetails index) {
    DatabaseAddress address =
        properties.url().isEmpty()
            ? new DatabaseAddress(index.getJdbcUrl(), index.getUsername(), index.getPassword())
            : own(properties);
    return new PostgresWarehouse(address, properties, Clock.systemUTC());
  }

  @Bean
  PostgresUpkeep postgresUpkeep(
      PostgresWarehouse warehouse,
      PostgresWarehouseProperties properties,
      RetentionProperties retention) {
    return new PostgresUpkeep(warehouse, properties, retention, Clock.systemUTC());
  }

  /** Only where no other health tells of the database. */
  @Bean
  @Conditional(OwnDatabase.class)
  PostgresHealthIndicator warehouseHealthIndicator(PostgresWarehouseProperties properties) {
    return new PostgresHealthIndicator(own(properties));
  }

  private static DatabaseAddress own(PostgresWarehouseProperties properties) {
    return new DatabaseAddress(properties.url(), properties.username(), properties.password());
  }
}
