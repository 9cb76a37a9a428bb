package org.regionalpacs.warehouse.doris;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.mariadb.jdbc.message.server.ErrorPacket;
import org.regionalpacs.warehouse.Warehouse;
import org.regionalpacs.warehouse.WarehouseUpkeep;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class DorisWarehouseConfigurationTest {

  @Test
  void givenADorisThatIsDown_whenTheServiceStarts_thenItStartsAllTheSameAndHealthTells() {
    new ApplicationContextRunner()
        .withBean(SimpleMeterRegistry.class)
        .withUserConfiguration(DorisWarehouseConfiguration.class)
        .withPropertyValues(
            "pacs.warehouse.doris.frontends=http://127.0.0.1:1",
            "pacs.warehouse.doris.query-port=1",
            "pacs.warehouse.doris.query-timeout=250ms",
            "pacs.warehouse.doris.user=loader")
        .run(context -> {
          assertThat(context).hasNotFailed().hasSingleBean(Warehouse.class);
          assertThat(context.getBean(Warehouse.class).name()).isEqualTo("doris");
          assertThat(context).doesNotHaveBean(DataSource.class);
          assertThat(context).hasSingleBean(WarehouseUpkeep.class);
          assertThat(LoggerFactory.getLogger(ErrorPacket.class).isErrorEnabled()).isFalse();
          assertThat(context.getBean(HealthIndicator.class).health().getStatus())
              .isEqualTo(new Status("DEGRADED"));
        });
  }
}
