package org.regionalpacs.messages;

import static java.util.Map.entry;

import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.ProducerFactory;

/** Gives a service its {@link AccessLog}; import it. */
@Configuration(proxyBeanMethods = false)
public class AccessLogConfiguration {
  /**
   * Small buffer, short waits: losing a log line is allowed, waiting isn't. Idempotent, as a
   * message that is sent again after a lost answer would be there twice, and so its row in Doris.
   */
  static final Map<String, Object> BEST_EFFORT =
      Map.ofEntries(
          entry(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class),
          entry(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class),
          entry(ProducerConfig.CLIENT_ID_CONFIG, "access-log"),
          entry(ProducerConfig.ACKS_CONFIG, "all"),
          entry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true),
          entry(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4"),
          entry(ProducerConfig.LINGER_MS_CONFIG, 100),
          entry(ProducerConfig.BUFFER_MEMORY_CONFIG, 4L << 20),
          entry(ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000),
          entry(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000),
          entry(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000));

  /**
   * One for the service; its producer is its own, configured like the service's others otherwise.
   */
  @Bean
  AccessLog accessLog(ProducerFactory<?, ?> producers) {
    return new AccessLog(new KafkaTemplate<>(bestEffort(producers), BEST_EFFORT));
  }

  @SuppressWarnings("unchecked")
  private static ProducerFactory<String, byte[]> bestEffort(ProducerFactory<?, ?> producers) {
    return (ProducerFactory<String, byte[]>) producers;
  }
}
