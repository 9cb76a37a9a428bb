package org.regionalpacs.consumer;

import org.regionalpacs.index.IndexConfiguration;
import org.regionalpacs.messages.TopicsConfiguration;
import org.regionalpacs.security.CharsetConfiguration;
import org.regionalpacs.storage.StorageConfiguration;
import org.regionalpacs.tracing.TracingConfiguration;
import org.regionalpacs.warehouse.WarehouseConfiguration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Import;

/** The service that runs the Kafka consumers. Its settings are in {@code consumer.yml}. */
@SpringBootApplication
@ConfigurationPropertiesScan
@Import({
  IndexConfiguration.class,
  StorageConfiguration.class,
  TopicsConfiguration.class,
  CharsetConfiguration.class,
  WarehouseConfiguration.class,
  TracingConfiguration.class
})
public class ConsumerApplication {

  /** Starts the service on its own. */
  public static void main(String[] arguments) {
    // Not application.yml: in the standalone run four services share one class path.
    System.setProperty(
        "spring.config.name", System.getProperty("spring.config.name", "application,consumer"));
    SpringApplication.run(ConsumerApplication.class, arguments);
  }
}
