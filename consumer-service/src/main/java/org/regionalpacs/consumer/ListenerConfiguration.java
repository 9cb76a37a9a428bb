package org.regionalpacs.consumer;

import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.ExponentialBackOff;

/** How batches of the storage topic are delivered. */
@Configuration(proxyBeanMethods = false)
class ListenerConfiguration {

  @Bean
  ConcurrentKafkaListenerContainerFactory<String, byte[]> storageListeners(
      ConsumerFactory<String, byte[]> consumers, RetryProperties retry) {
    ConcurrentKafkaListenerContainerFactory<String, byte[]> factory =
        new ConcurrentKafkaListenerContainerFactory<>();
    factory.setConsumerFactory(consumers);
    factory.setBatchListener(true);
    // Offsets are committed when the listener returns, so after the effect.
    factory.getContainerProperties().setAckMode(ContainerProperties.AckMode.BATCH);
    factory.setCommonErrorHandler(forever(retry));
    return factory;
  }

  /**
   * Retries the whole batch without end, while the consumer is paused but keeps its partitions.
   * There is no exception for which giving up would be right: what can never be processed is a dead
   * letter already.
   */
  private static DefaultErrorHandler forever(RetryProperties retry) {
    ExponentialBackOff pauses =
        new ExponentialBackOff(retry.firstPause().toMillis(), retry.factor());
    pauses.setMaxInterval(retry.longestPause().toMillis());
    DefaultErrorHandler handler =
        new DefaultErrorHandler(
            (record, failure) -> {
              throw new IllegalStateException("a batch is never given up", failure);
            },
            pauses);
    handler.setClassifications(Map.of(), true);
    return handler;
  }
}
