package org.regionalpacs.consumer;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.regionalpacs.messages.ConsumerLag;
import org.regionalpacs.messages.ConsumerLag.Queue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.stereotype.Component;

/**
 * Looks how many records wait for each consumer group, of whatever process: {@code pacs.queue.lag}
 * by group and topic, and {@code pacs.kafka.up}, whether Kafka answered the last look, of which
 * there must have been one. While it doesn't, nobody knows the lags, and there are none.
 */
@Component
class QueueLags implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(QueueLags.class);

  private final KafkaAdmin kafka;
  private final QueueLagProperties properties;
  private final MultiGauge lags;
  private volatile boolean up;
  private Optional<Thread> thread = Optional.empty();

  QueueLags(KafkaAdmin kafka, QueueLagProperties properties, MeterRegistry meters) {
    this.kafka = kafka;
    this.properties = properties;
    this.lags =
        MultiGauge.builder("pacs.queue.lag")
            .description("Records of a topic that a consumer group has not processed")
            .register(meters);
    Gauge.builder("pacs.kafka.up", this, self -> self.up ? 1 : 0)
        .description("Whether Kafka answers")
        .register(meters);
  }

  @Override
  public synchronized void start() {
    if (!isRunning()) {
      thread = Optional.of(Thread.ofVirtual().name("queue-lags").start(this::watch));
    }
  }

  private void watch() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        look();
        Thread.sleep(properties.interval());
      }
    } catch (InterruptedException e) {
      LOG.debug("No more looks at the queues");
    }
  }

  /**
   * Looks again and again, until one fails: the next client asks anew where Kafka is. Whatever
   * fails, the looks go on, as nobody else would tell that they don't.
   */
  private void look() throws InterruptedException {
    try (ConsumerLag lag = new ConsumerLag(kafka.getConfigurationProperties())) {
      while (!Thread.currentThread().isInterrupted()) {
        lags.register(rows(lag.byQueue(FailureMetrics.GROUPS)), true);
        up = true;
        Thread.sleep(properties.interval());
      }
    } catch (IOException | RuntimeException | Error e) {
      up = false;
      lags.register(List.of(), true);
      // The health and the consumers tell it too.
      LOG.debug("Nobody knows the lags: {}", Causes.of(e));
    }
  }

  private static List<MultiGauge.Row<?>> rows(Map<Queue, Long> lags) {
    return lags.entrySet().stream()
        .<MultiGauge.Row<?>>map(lag -> MultiGauge.Row.of(tags(lag.getKey()), lag.getValue()))
        .toList();
  }

  private static Tags tags(Queue queue) {
    return Tags.of("group", queue.group(), "topic", queue.topic());
  }

  @Override
  public synchronized void stop() {
    thread.ifPresent(Thread::interrupt);
    thread = Optional.empty();
  }

  @Override
  public synchronized boolean isRunning() {
    return thread.isPresent();
  }
}
