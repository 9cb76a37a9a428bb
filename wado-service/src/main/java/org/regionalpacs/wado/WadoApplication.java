package org.regionalpacs.wado;

import java.util.Map;
import org.regionalpacs.codec.process.CodecConfiguration;
import org.regionalpacs.index.IndexConfiguration;
import org.regionalpacs.intake.IntakeConfiguration;
import org.regionalpacs.intake.evict.EvictionConfiguration;
import org.regionalpacs.intake.reconcile.ReconcileConfiguration;
import org.regionalpacs.intake.serve.NodeServingConfiguration;
import org.regionalpacs.messages.AccessLogConfiguration;
import org.regionalpacs.messages.TopicsConfiguration;
import org.regionalpacs.metadata.MetadataConfiguration;
import org.regionalpacs.nodes.NodeTaskConfiguration;
import org.regionalpacs.security.TenantConfiguration;
import org.regionalpacs.storage.StorageConfiguration;
import org.regionalpacs.storage.cached.CacheConfiguration;
import org.regionalpacs.warehouse.WarehouseConfiguration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Import;

/** The DICOMweb front of the PACS. */
@SpringBootApplication
@Import({
  TenantConfiguration.class,
  TopicsConfiguration.class,
  AccessLogConfiguration.class,
  IndexConfiguration.class,
  StorageConfiguration.class,
  CacheConfiguration.class,
  IntakeConfiguration.class,
  NodeTaskConfiguration.class,
  ReconcileConfiguration.class,
  EvictionConfiguration.class,
  NodeServingConfiguration.class,
  MetadataConfiguration.class,
  CodecConfiguration.class,
  WarehouseConfiguration.class
})
public class WadoApplication {
  /** Four services share one JVM in the standalone run, so each has a file of its own name. */
  public static final String CONFIG_NAME = "application,wado";

  /** Starts the service by itself. */
  public static void main(String[] args) {
    SpringApplication application = new SpringApplication(WadoApplication.class);
    application.setDefaultProperties(Map.of("spring.config.name", CONFIG_NAME));
    application.run(args);
  }
}
