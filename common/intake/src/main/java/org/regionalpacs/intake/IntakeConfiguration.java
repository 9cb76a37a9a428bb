package org.regionalpacs.intake;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.SslConfigs;
import org.regionalpacs.nodes.Node;
import org.regionalpacs.tracing.ImageTraces;
import org.regionalpacs.tracing.TracingConfiguration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.boot.kafka.autoconfigure.SslBundleSslEngineFactory;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * Gives a service its {@link Intake} and the {@link OnlineStore} behind it; import it. The producer
 * is no bean, so that a service's own {@code KafkaTemplate} stays the only one.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({IntakeProperties.class, OnlineProperties.class})
@Import(TracingConfiguration.class)
public class IntakeConfiguration {
  @Bean
  OnlineStore onlineStore(OnlineProperties properties) {
    return OnlineStore.open(properties.root());
  }

  @Bean
  Node node(OnlineStore store) {
    return new Node(store.node());
  }

  @Bean(destroyMethod = "close")
  IntakeEngine intakeEngine(
      OnlineStore store,
      IntakeProperties properties,
      KafkaProperties kafka,
      KafkaConnectionDetails details,
      ObjectProvider<MeterRegistry> registry,
      ImageTraces traces)
      throws IOException {
    return IntakeEngine.start(
        store,
        properties,
        connection(kafka, details.getProducer()),
        registry.getIfAvailable(SimpleMeterRegistry::new),
        traces);
  }

  @Bean
  Intake intake(IntakeEngine engine) {
    return engine.intake();
  }

  @Bean
  OnlineObjects onlineObjects(IntakeEngine engine) {
    return engine.objects();
  }

  @Bean
  EvictableFiles evictableFiles(IntakeEngine engine) {
    return engine.evictable();
  }

  @Bean
  DeletedFiles deletedFiles(OnlineStore store, Intake intake) {
    return new DeletedFiles(store, intake);
  }

  /** As Boot's own auto-configuration does it. */
  private static Map<String, Object> connection(
      KafkaProperties kafka, KafkaConnectionDetails.Configuration details) {
    Map<String, Object> settings = kafka.buildProducerProperties();
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, details.getBootstrapServers());
    String protocol = details.getSecurityProtocol();
    if (protocol != null && !protocol.isEmpty()) {
      settings.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, protocol);
    }
    SslBundle bundle = details.getSslBundle();
    if (bundle != null) {
      settings.put(SslConfigs.SSL_ENGINE_FACTORY_CLASS_CONFIG, SslBundleSslEngineFactory.class);
      settings.put(SslBundle.class.getName(), bundle);
    }
    return settings;
  }
}
