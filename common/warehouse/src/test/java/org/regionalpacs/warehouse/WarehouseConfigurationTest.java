package org.regionalpacs.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class WarehouseConfigurationTest {
  private final ApplicationContextRunner service =
      new ApplicationContextRunner()
          .withBean(SimpleMeterRegistry.class)
          .withBean(JdbcConnectionDetails.class, NoDatabase::new)
          .withUserConfiguration(WarehouseConfiguration.class)
          .withPropertyValues("pacs.warehouse.doris.user=loader");

  @Test
  void givenNoFrontendsOrAnEmptyVariable_whenTheServiceStarts_thenTheWarehouseIsInPostgreSql() {
    service.run(context -> {
      assertThat(context.getBean(Warehouse.class).name()).isEqualTo("postgresql");
      assertThat(context).hasSingleBean(WarehouseUpkeep.class);
    });
    service
        .withPropertyValues("pacs.warehouse.doris.frontends=", "pacs.warehouse.doris.user=")
        .run(
            context -> assertThat(context.getBean(Warehouse.class).name()).isEqualTo("postgresql"));
  }

  @Test
  void givenFrontends_whenTheServiceStarts_thenTheWarehouseIsInDoris() {
    service
        .withPropertyValues("pacs.warehouse.doris.frontends=http://127.0.0.1:1,http://127.0.0.1:2")
        .run(context -> assertThat(context.getBean(Warehouse.class).name()).isEqualTo("doris"));
    service
        .withPropertyValues("pacs.warehouse.doris.frontends[0]=http://127.0.0.1:1")
        .run(context -> assertThat(context.getBean(Warehouse.class).name()).isEqualTo("doris"));
  }

  /** One that nobody asks: both warehouses connect when they are first used. */
  private static final class NoDatabase implements JdbcConnectionDetails {
    @Override
    public String getUsername() {
      return "nobody";
    }

    @Override
    public String getPassword() {
      return "";
    }

    @Override
    public String getJdbcUrl() {
      return "jdbc:postgresql://127.0.0.1:1/none";
    }
  }
}
