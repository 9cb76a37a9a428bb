package org.regionalpacs.standalone;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.regionalpacs.messages.DeadLetterHeaders;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A dead letter.
 *
 * @param record as it lies in its topic
 */
record Letter(ConsumerRecord<byte[], byte[]> record) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  LetterId id() {
    return new LetterId(record.topic(), record.partition(), record.offset());
  }

  Instant time() {
    return Instant.ofEpochMilli(record.timestamp());
  }

  /** A header's text, empty when there is none. */
  String header(String name) {
    Header header = record.headers().lastHeader(name);
    return header == null || header.value() == null
        ? ""
        : new String(header.value(), StandardCharsets.UTF_8);
  }

  String group() {
    return header(DeadLetterHeaders.GROUP);
  }

  /** The topic it came from. */
  String topic() {
    String topic = header(DeadLetterHeaders.TOPIC);
    return topic.isEmpty()
        ? record.topic().substring(0, record.topic().length() - LetterId.SUFFIX.length())
        : topic;
  }

  /** Where it came from: topic-partition-offset. */
  String origin() {
    return "%s-%s-%s"
        .formatted(topic(), header(DeadLetterHeaders.PARTITION), header(DeadLetterHeaders.OFFSET));
  }

  /** The message, if it is JSON. */
  Optional<JsonNode> message() {
    if (record.value() == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readTree(record.value())).filter(JsonNode::isObject);
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  /** A text of the message, empty when it has none. */
  String member(String name) {
    return message().map(message -> message.path(name).asString("")).orElse("");
  }
}
