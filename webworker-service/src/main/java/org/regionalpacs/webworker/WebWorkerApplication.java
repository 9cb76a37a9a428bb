package org.regionalpacs.webworker;

import java.util.Map;
import org.regionalpacs.metadata.MetadataConfiguration;
import org.regionalpacs.storage.cached.CacheConfiguration;
import org.regionalpacs.tracing.TracingConfiguration;
import org.regionalpacs.warehouse.WarehouseConfiguration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Import;

/** The background jobs of the PACS: counts, and metadata ahead of their readers. */
@SpringBootApplication
@ConfigurationPropertiesScan
@Import({
  MetadataConfiguration.class,
  CacheConfiguration.class,
  WarehouseConfiguration.class,
  TracingConfiguration.class
})
public class WebWorkerApplication {
  /** Four services share one JVM in the standalone run, so each has a file of its own name. */
  public static final String CONFIG_NAME = "application,webworker";

  /** Starts the service by itself. */
  public static void main(String[] args) {
    SpringApplication application = new SpringApplication(WebWorkerApplication.class);
    application.setDefaultProperties(Map.of("spring.config.name", CONFIG_NAME));
    application.run(args);
  }
}
