package org.regionalpacs.standalone;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * Which dead letters were sent again: a compacted topic with one record a letter, key its ID, value
 * the time in ISO 8601.
 */
final class ReplayMarks {
  static final String TOPIC = "dead_letters_replayed";
  private static final int SECONDS = 15;

  private final Map<String, Instant> times = new HashMap<>();

  private ReplayMarks() {}

  /** As far as they are committed. */
  static ReplayMarks read(Letters letters) {
    ReplayMarks marks = new ReplayMarks();
    if (letters.exists(TOPIC)) {
      letters.read(
          TOPIC,
          record ->
              marks.times.put(
                  new String(record.key(), StandardCharsets.UTF_8),
                  Instant.parse(new String(record.value(), StandardCharsets.UTF_8))));
    }
    return marks;
  }

  /** When it was sent again last, if it was. */
  Optional<Instant> of(LetterId id) {
    return Optional.ofNullable(times.get(id.toString()));
  }

  static ProducerRecord<byte[], byte[]> mark(LetterId id, Instant time) {
    return new ProducerRecord<>(
        TOPIC,
        id.toString().getBytes(StandardCharsets.UTF_8),
        time.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** Makes the topic where it doesn't exist, with as many replicas as the letters have. */
  static void ensureTopic(String bootstrap, String lettersTopic) {
    try (Admin admin =
        Admin.create(
            Map.of(
                "bootstrap.servers",
                bootstrap,
                "request.timeout.ms",
                "5000",
                "default.api.timeout.ms",
                "10000"))) {
      short replicas =
          (short)
              admin
                  .describeTopics(List.of(lettersTopic))
                  .allTopicNames()
                  .get(SECONDS, TimeUnit.SECONDS)
                  .get(lettersTopic)
                  .partitions()
                  .getFirst()
                  .replicas()
                  .size();
      NewTopic marks =
          new NewTopic(TOPIC, 1, replicas).configs(Map.of("cleanup.policy", "compact"));
      admin.createTopics(List.of(marks)).all().get(SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw new Complaint("Topic %s can't be made: %s".formatted(TOPIC, e.getCause()), e);
      }
    } catch (TimeoutException e) {
      throw new Complaint("Topic %s can't be made: no answer".formatted(TOPIC), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Complaint("interrupted", e);
    }
  }
}
