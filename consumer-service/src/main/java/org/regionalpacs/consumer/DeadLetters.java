package org.regionalpacs.consumer;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.regionalpacs.messages.DeadLetterHeaders;
import org.regionalpacs.messages.Topics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Puts records that can't be processed aside, so that those behind them go on. */
@Component
public class DeadLetters {
  private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);

  private final Publisher publisher;
  private final FailureMetrics metrics;

  DeadLetters(Publisher publisher, FailureMetrics metrics) {
    this.publisher = publisher;
    this.metrics = metrics;
  }

  /** Returns when Kafka has them. */
  public void publish(String group, List<DeadLetter> letters) {
    if (letters.isEmpty()) {
      return;
    }
    publisher.publish(letters.stream().map(letter -> record(group, letter)).toList());
    for (DeadLetter letter : letters) {
      LOG.atError()
          .addKeyValue("study", letter.record().key())
          .log(
              "Record became a dead letter: group={} topic={} partition={} offset={} cause={}",
              group,
              letter.record().topic(),
              letter.record().partition(),
              letter.record().offset(),
              letter.cause());
    }
    metrics.deadLetters(group, letters.size());
  }

  private static ProducerRecord<String, byte[]> record(String group, DeadLetter letter) {
    ConsumerRecord<String, byte[]> from = letter.record();
    ProducerRecord<String, byte[]> to =
        new ProducerRecord<>(
            Topics.deadLetters(from.topic()), null, from.key(), from.value(), from.headers());
    header(to, DeadLetterHeaders.CAUSE, letter.cause());
    header(to, DeadLetterHeaders.GROUP, group);
    header(to, DeadLetterHeaders.TOPIC, from.topic());
    header(to, DeadLetterHeaders.PARTITION, Integer.toString(from.partition()));
    header(to, DeadLetterHeaders.OFFSET, Long.toString(from.offset()));
    return to;
  }

  private static void header(ProducerRecord<?, ?> record, String name, String value) {
    record.headers().remove(name).add(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
