package org.regionalpacs.consumer;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.stereotype.Component;

/** Down when a consumer that should run has ended. */
@Component
class ListenersHealthIndicator implements HealthIndicator {
  private final KafkaListenerEndpointRegistry listeners;

  ListenersHealthIndicator(KafkaListenerEndpointRegistry listeners) {
    this.listeners = listeners;
  }

  @Override
  public Health health() {
    Health.Builder health = Health.up();
    for (MessageListenerContainer listener : listeners.getListenerContainers()) {
      boolean expected = !listener.isAutoStartup() || listener.isRunning();
      boolean well = expected && listener.isInExpectedState();
      String state = !listener.isRunning() ? "stopped" : well ? "running" : "failed";
      health.withDetail(String.valueOf(listener.getListenerId()), state);
      if (!well) {
        health.down();
      }
    }
    return health.build();
  }
}
