package org.regionalpacs.intake.reconcile;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.regionalpacs.index.Evictions;
import org.regionalpacs.intake.EvictableFiles;
import org.regionalpacs.intake.OnlineObjects;
import org.regionalpacs.intake.evict.AsideFiles;
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
      EvictableFiles files,
      TaskDatabase database,
      ReconcileProperties properties,
      ObjectProvider<MeterRegistry> registry) {
    Evictions evictions =
        new Evictions(database.template(), database.transaction(), files.store().node());
    return new Reconciler(
        objects,
        new AsideFiles(files, evictions),
        database.client(),
        database.transaction(),
        properties,
        registry.getIfAvailable(SimpleMeterRegistry::new));
  }

  @Bean
  NodePresence nodePresence(TaskDatabase database, EvictableFiles files) {
    return new NodePresence(
        new ReconcileRuns(database.client(), database.transaction(), files.store().node()), files);
  }
}
