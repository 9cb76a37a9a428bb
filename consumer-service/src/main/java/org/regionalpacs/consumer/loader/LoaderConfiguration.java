package org.regionalpacs.consumer.loader;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.Optional;
import org.regionalpacs.consumer.DeadLetters;
import org.regionalpacs.consumer.FailureMetrics;
import org.regionalpacs.consumer.Precedence;
import org.regionalpacs.consumer.RetryProperties;
import org.regionalpacs.messages.Topics;
import org.regionalpacs.warehouse.Warehouse;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;

/** The loader of the product's topics. */
@Configuration(proxyBeanMethods = false)
class LoaderConfiguration {
  private static final Map<String, RowReader> READERS =
      Map.of(
          Topics.DICOM_STATE, new StateRows(),
          Topics.DICOM_IMAGE, new ImageRows(),
          Topics.LOG, new LogRows());

  @Bean
  WarehouseTrouble warehouseTrouble() {
    return new WarehouseTrouble();
  }

  @Bean
  Loader loader(
      LoaderProperties properties,
      RetryProperties retry,
      ConsumerFactory<String, byte[]> consumers,
      KafkaAdmin kafka,
      Warehouse warehouse,
      DeadLetters deadLetters,
      MeterRegistry meters,
      FailureMetrics failures,
      WarehouseTrouble trouble,
      Precedence indexer) {
    LoaderMetrics metrics = new LoaderMetrics(meters, failures);
    Loads loads =
        new Loads(READERS, warehouse, deadLetters, retry, metrics, trouble, properties.parallel());
    Loader loader =
        new Loader(
            properties,
            retry,
            READERS.keySet(),
            consumers,
            () -> Optional.ofNullable(kafka.clusterId()),
            loads,
            () -> indexer.patience(properties.age()));
    metrics.waiting(loader::waiting);
    return loader;
  }

  @Bean
  LoaderHealthIndicator loaderHealthIndicator(Loader loader, WarehouseTrouble trouble) {
    return new LoaderHealthIndicator(loader, trouble);
  }
}
