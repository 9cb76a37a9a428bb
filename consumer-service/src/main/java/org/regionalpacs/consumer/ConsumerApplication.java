package org.regionalpacs.consumer;

import java.util.List;
import org.regionalpacs.consumer.rebuild.RebuildCommand;
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

  /**
   * Starts the service on its own; with {@code rebuild} as first argument it rebuilds the index.
   */
  public static void main(String[] arguments) {
    // Not application.yml: in the standalone run four services share one class path.
    System.setProperty(
        "spring.config.name", System.getProperty("spring.config.name", "application,consumer"));
    if (arguments.length > 0 && arguments[0].equals(RebuildCommand.NAME)) {
      List<String> own = List.of(arguments).subList(1, arguments.length);
      System.exit(new RebuildCommand(ConsumerApplication.class, System.out).run(own));
    }
    SpringApplication.run(ConsumerApplication.class, arguments);
  }
}
