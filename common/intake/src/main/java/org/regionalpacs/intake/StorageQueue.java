package org.regionalpacs.intake;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.regionalpacs.messages.Topics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.support.ProducerListener;

/** The producer's end of {@code storage_queue}: idempotent, acknowledged by all replicas. */
final class StorageQueue implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StorageQueue.class);

  /** Parallel receptions share a batch; one alone waits no longer than this. */
  private static final int LINGER_MS = 1;

  /**
   * While a request is under way further messages gather for the next one: a broker pays for
   * requests far more than for records.
   */
  private static final int REQUESTS_UNDER_WAY = 1;

  private static final int BATCH_BYTES = 128 * 1024;

  private static final int ATTEMPTS = 4;

  private final Duration timeout;
  private final DefaultKafkaProducerFactory<String, byte[]> factory;
  private final KafkaTemplate<String, byte[]> template;

  /**
   * @param connection how to reach Kafka, and what an operator set beyond
   * @param timeout after which a message counts as not acknowledged
   */
  StorageQueue(Map<String, Object> connection, Duration timeout) {
    this.timeout = timeout;
    this.factory =
        new DefaultKafkaProducerFactory<>(
            settings(connection, timeout), new StringSerializer(), new ByteArraySerializer());
    this.factory.setPhysicalCloseTimeout((int) Math.max(1, timeout.toSeconds()));
    this.template = new KafkaTemplate<>(factory);
    // The default listener logs what could not be sent, patient identity included.
    this.template.setProducerListener(new ProducerListener<>() {});
  }

  /** What an operator set, but for what the promises hang on. */
  static Map<String, Object> settings(Map<String, Object> connection, Duration timeout) {
    Map<String, Object> settings = new HashMap<>(connection);
    int millis = Math.toIntExact(timeout.toMillis());
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.RETRIES_CONFIG, Integer.MAX_VALUE);
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    settings.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MS);
    settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, REQUESTS_UNDER_WAY);
    settings.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, millis);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, millis / ATTEMPTS);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, millis);
    return settings;
  }

  /** The longest time a message waits for its acknowledgement. */
  Duration timeout() {
    return timeout;
  }

  /** Connects, so that the first object doesn't wait for it. */
  void connect() {
    try {
      template.partitionsFor(Topics.STORAGE);
    } catch (KafkaException | org.springframework.kafka.KafkaException e) {
      if (!Thread.currentThread().isInterrupted()) {
        LOG.warn("Kafka does not answer yet: {}", cause(e));
      }
    }
  }

  /**
   * Hands a message to the producer.
   *
   * @return completes when all replicas have it, or fails
   */
  CompletableFuture<?> send(QueuedMessage message) {
    try {
      return template.send(Topics.STORAGE, message.key(), message.value());
    } catch (KafkaException | org.springframework.kafka.KafkaException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** What a failed sending says, without the wrappers. */
  static String cause(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && !(cause instanceof org.apache.kafka.common.KafkaException)) {
      cause = cause.getCause();
    }
    return cause.toString();
  }

  @Override
  public void close() {
    factory.destroy();
  }
}
