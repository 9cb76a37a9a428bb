package org.regionalpacs.nodes;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Has a service that owns online files do the tasks of its {@link Node}; import it. Every {@link
 * NodeTaskHandler} bean is one kind of task. Who only plans tasks needs none of this but a {@link
 * NodeTaskPlanner}.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(NodeTaskProperties.class)
public class NodeTaskConfiguration {

  @Bean(destroyMethod = "close")
  TaskDatabase nodeTaskDatabase(ObjectProvider<DataSource> source, NodeTaskProperties properties) {
    DataSource shared = source.getIfAvailable();
    return shared == null ? TaskDatabase.open(properties) : TaskDatabase.shared(shared);
  }

  @Bean
  NodeTaskExecutor nodeTaskExecutor(
      TaskDatabase database,
      Node node,
      NodeTaskProperties properties,
      ObjectProvider<NodeTaskHandler<?, ?>> handlers,
      ObjectProvider<MeterRegistry> registry) {
    NodeTaskClaims claims = new NodeTaskClaims(database.client(), node, properties);
    MeterRegistry meters = registry.getIfAvailable(SimpleMeterRegistry::new);
    return new NodeTaskExecutor(
        claims, new TaskRunner(claims, handlers.orderedStream().toList(), meters), properties);
  }

  @Bean
  NodeTasksHealth nodeTasksHealthIndicator(NodeTaskExecutor executor) {
    return new NodeTasksHealth(executor);
  }
}
