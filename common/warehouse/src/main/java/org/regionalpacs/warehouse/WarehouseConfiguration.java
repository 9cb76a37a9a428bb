package org.regionalpacs.warehouse;

import org.regionalpacs.warehouse.doris.DorisWarehouseConfiguration;
import org.regionalpacs.warehouse.postgres.PostgresWarehouseConfiguration;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * Gives a service its {@link Warehouse} and {@link WarehouseUpkeep}; import it. Doris where {@code
 * pacs.warehouse.doris.frontends} names some, PostgreSQL elsewhere.
 */
@Configuration(proxyBeanMethods = false)
public class WarehouseConfiguration {

  @Configuration(proxyBeanMethods = false)
  @Conditional(DorisNamed.class)
  @Import(DorisWarehouseConfiguration.class)
  static class InDoris {}

  @Configuration(proxyBeanMethods = false)
  @Conditional(NoDorisNamed.class)
  @Import(PostgresWarehouseConfiguration.class)
  static class InPostgres {}
}
