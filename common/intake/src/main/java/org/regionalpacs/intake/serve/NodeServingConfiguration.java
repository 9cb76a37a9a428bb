package org.regionalpacs.intake.serve;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.regionalpacs.intake.OnlineStore;
import org.regionalpacs.nodes.TaskDatabase;
import org.regionalpacs.storage.LocalBlobStore;
import org.regionalpacs.storage.StorageConfiguration;
import org.regionalpacs.storage.StorageProperties;
import org.regionalpacs.storage.peer.PeerPaths;
import org.regionalpacs.storage.peer.PeerProperties;
import org.regionalpacs.storage.peer.PeerSignature;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Has a service with a web server that owns online files give them to other hosts, where {@code
 * pacs.peers.url} says how these reach it; import it beside {@code IntakeConfiguration} and {@code
 * NodeTaskConfiguration}.
 */
@Configuration(proxyBeanMethods = false)
@Conditional(NodeServingConfiguration.Wanted.class)
@EnableConfigurationProperties({PeerProperties.class, StorageProperties.class})
public class NodeServingConfiguration {
  private static final Duration TOLD_EVERY = Duration.ofSeconds(10);

  /** The address is set. */
  static final class Wanted implements Condition {
    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
      return !context.getEnvironment().getProperty("pacs.peers.url", "").isEmpty();
    }
  }

  @Bean
  ServletRegistrationBean<NodeFilesServlet> nodeFilesServlet(
      OnlineStore online,
      StorageProperties storage,
      PeerProperties peers,
      ObjectProvider<MeterRegistry> meters) {
    LocalBlobStore derived =
        LocalBlobStore.open(StorageConfiguration.DERIVED, storage.derived().root());
    NodeFilesServlet servlet =
        new NodeFilesServlet(
            new NodeFiles(online, derived),
            new PeerSignature(peers.secret()),
            meters.getIfAvailable(SimpleMeterRegistry::new));
    return new ServletRegistrationBean<>(servlet, PeerPaths.ROOT + "/*");
  }

  @Bean
  AddressAnnouncer addressAnnouncer(
      TaskDatabase database, OnlineStore online, PeerProperties peers) {
    return new AddressAnnouncer(database.client(), online.node(), peers.url(), TOLD_EVERY);
  }
}
