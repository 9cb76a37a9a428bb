package org.regionalpacs.intake.reconcile;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.regionalpacs.intake.OnlineObjects;
import org.regionalpacs.intake.OnlineStore;
import org.regionalpacs.nodes.NodeTaskHandler;
import org.regionalpacs.nodes.ReconcileTask;
import org.regionalpacs.nodes.TaskDatabase;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Has a service that owns online files compare them with the index when it is told to; import it
 * beside {@code IntakeConfiguration} and {@code NodeTaskConfiguration}.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ReconcileProperties.class)
public class ReconcileConfiguration {

  @Bean
  NodeTaskHandler<ReconcileTask, ReconcileTask.Result> reconciler(
      OnlineObjects objects,
      TaskDatabase database,
      ReconcileProperties properties,
      ObjectProvider<MeterRegistry> registry) {
    return new Reconciler(
        objects,
        database.client(),
        database.transaction(),
        properties,
        registry.getIfAvailable(SimpleMeterRegistry::new));
  }

  @Bean
  NodePresence nodePresence(TaskDatabase database, OnlineStore store) {
    return new NodePresence(
        new ReconcileRuns(database.client(), database.transaction(), store.node()));
  }
}
