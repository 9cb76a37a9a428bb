package org.regionalpacs.warehouse.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.regionalpacs.test.Database;
import org.regionalpacs.test.RealServices;
import org.regionalpacs.warehouse.RetentionProperties;
import org.regionalpacs.warehouse.WarehouseQuery;
import org.regionalpacs.warehouse.WarehouseTable;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

class PostgresWarehouseConfigurationTest {
  private final Database index = RealServices.postgres();
  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withInitializer(context ->
              context
                  .getBeanFactory()
                  .setConversionService(ApplicationConversionService.getSharedInstance()))
          .withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class))
          .withUserConfiguration(PostgresWarehouseConfiguration.class)
          .withPropertyValues(
              "spring.datasource.url=" + index.url(),
              "spring.datasource.username=" + index.user(),
              "spring.datasource.password=" + index.password());

  @Test
  void givenNoAddress_whenStarted_thenItIsInTheDatabaseOfTheIndex() {
    runner.run(context -> assertThat(database(context)).isEqualTo(name(index)));
  }

  @Test
  void givenAnAddress_whenStarted_thenItIsThereAndTheIndexHasNothingOfIt() {
    Database own = RealServices.postgres();
    runner
        .withPropertyValues(
            "pacs.warehouse.postgres.url=" + own.url(),
            "pacs.warehouse.postgres.username=" + own.user(),
            "pacs.warehouse.postgres.password=" + own.password())
        .run(context -> assertThat(database(context)).isEqualTo(name(own)));
  }

  @Test
  void givenADatabaseOfItsOwn_whenHealthIsAsked_thenItIsUpAndDegradedWhileItIsAway() {
    Database own = RealServices.postgres();
    runner
        .withPropertyValues(
            "pacs.warehouse.postgres.url=" + own.url(),
            "pacs.warehouse.postgres.username=" + own.user(),
            "pacs.warehouse.postgres.password=" + own.password())
        .run(context ->
            assertThat(context.getBean(HealthIndicator.class).health().getStatus())
                .isEqualTo(Status.UP));
    runner
        .withPropertyValues("pacs.warehouse.postgres.url=jdbc:postgresql://127.0.0.1:1/none")
        .run(context ->
            assertThat(context.getBean(HealthIndicator.class).health().getStatus())
                .isEqualTo(new Status("DEGRADED")));
  }

  @Test
  void givenTheDatabaseOfTheIndex_whenHealthIsAsked_thenThereIsNoneOfTheWarehouse() {
    runner
        .withPropertyValues("pacs.warehouse.postgres.url=")
        .run(context -> assertThat(context).doesNotHaveBean(HealthIndicator.class));
  }

  @Test
  void givenRetentions_whenStarted_thenTheyAreOfTheirTables() {
    runner
        .withPropertyValues(
            "pacs.warehouse.retention.dicom-image-meta=2y",
            "pacs.warehouse.retention.conversion-record=10d")
        .run(context -> {
          RetentionProperties retention = context.getBean(RetentionProperties.class);
          LocalDate today = LocalDate.of(2026, 3, 31);
          assertThat(retention.first(WarehouseTable.DICOM_STATE_META, today)).isEmpty();
          assertThat(retention.first(WarehouseTable.DICOM_IMAGE_META, today))
              .hasValue(LocalDate.of(2024, 3, 31));
          assertThat(retention.first(WarehouseTable.WADO_ACCESS_LOG, today))
              .hasValue(LocalDate.of(2024, 3, 31));
          assertThat(retention.first(WarehouseTable.CONVERSION_RECORD, today))
              .hasValue(LocalDate.of(2026, 3, 21));
        });
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "pacs.warehouse.postgres.deadline=0s",
        "pacs.warehouse.postgres.connections=0",
        "pacs.warehouse.postgres.labels=1h",
        "pacs.warehouse.retention.wado-access-log=-1d"
      })
  void givenASettingThatCantBe_whenStarted_thenTheStartFails(String setting) {
    runner.withPropertyValues(setting).run(context -> assertThat(context).hasFailed());
  }

  private static String name(Database database) {
    return database.url().replaceFirst(".*/", "");
  }

  private static Object database(ApplicationContext context) throws Exception {
    return context
        .getBean(PostgresWarehouse.class)
        .query(new WarehouseQuery("select current_database()::text", List.of(), 1), List::getFirst)
        .getFirst();
  }
}
