package org.regionalpacs.storage.peer;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.regionalpacs.storage.BlobStore;
import org.regionalpacs.storage.OnlineFiles;
import org.regionalpacs.storage.OtherNodes;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The way to other nodes, where {@code pacs.peers.secret} is set. */
@Configuration(proxyBeanMethods = false)
@Conditional(PeerConfiguration.Wanted.class)
@EnableConfigurationProperties(PeerProperties.class)
public class PeerConfiguration {

  /** The secret is set. */
  static final class Wanted implements Condition {
    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
      return !context.getEnvironment().getProperty("pacs.peers.secret", "").isEmpty();
    }
  }

  @Bean(destroyMethod = "close")
  PeerClient peerClient(
      JdbcClient database, PeerProperties properties, ObjectProvider<SslBundles> bundles) {
    Optional<SSLContext> trust =
        properties.sslBundle().isEmpty()
            ? Optional.empty()
            : Optional.of(bundles.getObject().getBundle(properties.sslBundle()).createSslContext());
    return new PeerClient(new PeerAddresses(database)::of, properties, trust);
  }

  @Bean
  OtherNodes otherNodes(PeerClient client, ObjectProvider<MeterRegistry> meters) {
    return new PeerFiles(client, meters.getIfAvailable(() -> Metrics.globalRegistry));
  }

  @Bean
  DerivedStores derivedOnEveryHost(OnlineFiles online, PeerClient client) {
    return here -> new PeerDerivedStore(here, online, client);
  }

  /** Makes of a folder of derived blobs the store that reads those of others too. */
  @FunctionalInterface
  public interface DerivedStores {
    /** The store over the folder of this host. */
    BlobStore over(BlobStore here);
  }
}
