package org.regionalpacs.consumer;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.support.ProducerListener;
import org.springframework.stereotype.Component;

/** Writes records to Kafka and returns when all of them are acknowledged. */
@Component
public class Publisher {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final KafkaTemplate<String, byte[]> kafka;

  Publisher(KafkaTemplate<String, byte[]> kafka) {
    this.kafka = kafka;
    // The default listener logs an error for each record; the caller logs the failure once.
    kafka.setProducerListener(new ProducerListener<>() {});
  }

  /**
   * @throws KafkaException when not all of them could be written; some may have been
   */
  public void publish(List<ProducerRecord<String, byte[]>> records) {
    CompletableFuture<?>[] sent =
        records.stream().map(kafka::send).toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(sent).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new KafkaException("Kafka didn't take " + records.size() + " records", e.getCause());
    } catch (TimeoutException e) {
      throw new KafkaException("Kafka didn't acknowledge in time", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted while waiting for Kafka", e);
    }
  }
}
