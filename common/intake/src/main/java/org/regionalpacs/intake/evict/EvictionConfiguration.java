package org.regionalpacs.intake.evict;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.regionalpacs.index.Evictions;
import org.regionalpacs.index.NodeObjects;
import org.regionalpacs.intake.EvictableFiles;
import org.regionalpacs.intake.OnlineObjects;
import org.regionalpacs.nodes.BringBackStudy;
import org.regionalpacs.nodes.EvictStudies;
import org.regionalpacs.nodes.NodeTaskHandler;
import org.regionalpacs.nodes.TaskDatabase;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Has a service that owns online files evict them, and bring them back, when it is told to; import
 * it beside {@code IntakeConfiguration} and {@code NodeTaskConfiguration}.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EvictionProperties.class)
public class EvictionConfiguration {

  @Bean(destroyMethod = "close")
  Archives evictionArchives(ApplicationContext service) {
    return Archives.of(service);
  }

  @Bean
  NodeTaskHandler<EvictStudies, EvictStudies.Result> evictionHandler(
      EvictableFiles files,
      OnlineObjects online,
      TaskDatabase database,
      Archives archives,
      EvictionProperties properties,
      ObjectProvider<MeterRegistry> registry) {
    return new EvictionHandler(
        files,
        online,
        new NodeObjects(database.template()),
        evictions(files, database),
        archives,
        properties,
        registry.getIfAvailable(SimpleMeterRegistry::new));
  }

  @Bean
  NodeTaskHandler<BringBackStudy, BringBackStudy.Result> bringBackHandler(
      EvictableFiles files,
      TaskDatabase database,
      Archives archives,
      EvictionProperties properties,
      ObjectProvider<MeterRegistry> registry) {
    return new BringBackHandler(
        files,
        new NodeObjects(database.template()),
        evictions(files, database),
        archives,
        properties,
        registry.getIfAvailable(SimpleMeterRegistry::new));
  }

  private static Evictions evictions(EvictableFiles files, TaskDatabase database) {
    return new Evictions(database.template(), database.transaction(), files.store().node());
  }
}
