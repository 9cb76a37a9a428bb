package org.regionalpacs.consumer.loader;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells once when loads begin to fail, and once when none does any more. */
final class WarehouseTrouble {
  private static final Logger LOG = LoggerFactory.getLogger(WarehouseTrouble.class);

  private final Map<TopicPartition, String> failing = new LinkedHashMap<>();
  private Instant since = Instant.EPOCH;

  /** A load failed and will be tried again. */
  synchronized void failed(TopicPartition partition, String reason) {
    if (failing.isEmpty()) {
      since = Instant.now();
      LOG.warn(
          "The loader can't load {}: it waits and tries again, nothing else is held up: {}",
          partition,
          reason);
    }
    failing.put(partition, reason);
  }

  /** A load ended well. */
  synchronized void healed(TopicPartition partition) {
    if (failing.remove(partition) != null && failing.isEmpty()) {
      LOG.info(
          "The loader loads again, after {} s", Duration.between(since, Instant.now()).toSeconds());
    }
  }

  /** Somebody else may load it now. */
  synchronized void left(TopicPartition partition) {
    failing.remove(partition);
  }

  /** Why loads fail, while some do. */
  synchronized Optional<String> reason() {
    return failing.values().stream().findFirst();
  }
}
