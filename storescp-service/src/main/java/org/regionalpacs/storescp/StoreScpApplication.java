package org.regionalpacs.storescp;

import java.util.Map;
import org.regionalpacs.intake.IntakeConfiguration;
import org.regionalpacs.intake.evict.EvictionConfiguration;
import org.regionalpacs.intake.reconcile.ReconcileConfiguration;
import org.regionalpacs.intake.serve.NodeServingConfiguration;
import org.regionalpacs.messages.AccessLogConfiguration;
import org.regionalpacs.messages.TopicsConfiguration;
import org.regionalpacs.nodes.NodeTaskConfiguration;
import org.regionalpacs.security.TenantConfiguration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Import;

/**
 * The DICOM front of the PACS. Reception needs no database: in the standalone run, where the other
 * services' libraries are on the class path, what would connect to one is left out. Only the tasks
 * of this node are looked for in one, beside reception and by a pool of their own.
 */
@SpringBootApplication(
    excludeName = {
      "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
      "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration",
      "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration",
      "org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration",
      "org.springframework.boot.data.redis.autoconfigure.DataRedisReactiveAutoConfiguration",
      "org.springframework.boot.data.redis.autoconfigure.DataRedisRepositoriesAutoConfiguration"
    })
@ConfigurationPropertiesScan
@Import({
  TenantConfiguration.class,
  TopicsConfiguration.class,
  AccessLogConfiguration.class,
  IntakeConfiguration.class,
  NodeTaskConfiguration.class,
  ReconcileConfiguration.class,
  EvictionConfiguration.class,
  NodeServingConfiguration.class
})
public class StoreScpApplication {
  /** Four services share one JVM in the standalone run, so each has a file of its own name. */
  public static final String CONFIG_NAME = "application,storescp";

  /** Starts the service by itself. */
  public static void main(String[] args) {
    SpringApplication application = new SpringApplication(StoreScpApplication.class);
    application.setDefaultProperties(Map.of("spring.config.name", CONFIG_NAME));
    application.run(args);
  }
}
