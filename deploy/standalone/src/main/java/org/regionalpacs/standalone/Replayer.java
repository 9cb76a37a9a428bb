package org.regionalpacs.standalone;

import static org.apache.kafka.clients.producer.ProducerConfig.*;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.regionalpacs.messages.DeadLetterHeaders;

/**
 * Sends dead letters to the topic they came from, and marks them, in one transaction. There is one
 * replay at a time: a second one ends the first, whose transaction then fails as a whole.
 */
final class Replayer implements AutoCloseable {
  private static final Set<String> LETTER_HEADERS =
      Set.of(
          DeadLetterHeaders.CAUSE,
          DeadLetterHeaders.GROUP,
          DeadLetterHeaders.TOPIC,
          DeadLetterHeaders.PARTITION,
          DeadLetterHeaders.OFFSET,
          DeadLetterHeaders.REPLAY_GROUP,
          DeadLetterHeaders.REPLAY_OF);

  private final String bootstrap;
  private final KafkaProducer<byte[], byte[]> producer;

  /** From here on, no other replay can end. */
  Replayer(String bootstrap) {
    this.bootstrap = bootstrap;
    this.producer =
        new KafkaProducer<>(
            Map.of(
                BOOTSTRAP_SERVERS_CONFIG, bootstrap,
                TRANSACTIONAL_ID_CONFIG, "pacs-dlt-replay",
                TRANSACTION_TIMEOUT_CONFIG, "30000",
                MAX_BLOCK_MS_CONFIG, "15000",
                DELIVERY_TIMEOUT_MS_CONFIG, "15000",
                REQUEST_TIMEOUT_MS_CONFIG, "10000",
                COMPRESSION_TYPE_CONFIG, "lz4"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    try {
      producer.initTransactions();
    } catch (KafkaException e) {
      producer.close(Duration.ZERO);
      throw new Complaint("Kafka at %s doesn't answer: %s".formatted(bootstrap, e.getMessage()), e);
    }
  }

  /** Sends them and marks them: all or none. */
  void send(List<Letter> letters) {
    try {
      producer.beginTransaction();
      Instant now = Instant.now();
      for (Letter letter : letters) {
        producer.send(again(letter));
        producer.send(ReplayMarks.mark(letter.id(), now));
      }
      producer.commitTransaction();
    } catch (ProducerFencedException e) {
      throw new Complaint("Somebody else began to replay: nothing more was sent", e);
    } catch (KafkaException e) {
      throw new Complaint(
          "Kafka at %s didn't take it, nothing more was sent: %s"
              .formatted(bootstrap, e.getMessage()),
          e);
    }
  }

  /** As it was, for the group that failed only. */
  private static ProducerRecord<byte[], byte[]> again(Letter letter) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(letter.topic(), letter.record().key(), letter.record().value());
    for (Header header : letter.record().headers()) {
      if (!LETTER_HEADERS.contains(header.key())) {
        record.headers().add(header);
      }
    }
    record
        .headers()
        .add(DeadLetterHeaders.REPLAY_GROUP, letter.group().getBytes(StandardCharsets.UTF_8))
        .add(DeadLetterHeaders.REPLAY_OF, letter.id().toString().getBytes(StandardCharsets.UTF_8));
    return record;
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
  }
}
