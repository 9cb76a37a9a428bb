package org.regionalpacs.webworker.storage;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import javax.sql.DataSource;
import org.regionalpacs.index.StorageCounting;
import org.regionalpacs.webworker.job.BackgroundJob;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
class StorageCountsConfiguration {

  @Bean
  BackgroundJob countingOfStorage(
      DataSource database,
      PlatformTransactionManager transactions,
      StorageCountsProperties properties,
      MeterRegistry meters) {
    StorageCounting counting =
        new StorageCounting(
            database,
            new TransactionTemplate(transactions),
            new StorageCounting.Terms(
                properties.pause(), properties.factor(), properties.statementTimeout()));
    Timer passes =
        Timer.builder("pacs.storage.counting")
            .description("Passes that counted what is where")
            .register(meters);
    return new BackgroundJob(
        "counting of storage", properties.poll(), () -> counting.turn().ifPresent(passes::record));
  }
}
