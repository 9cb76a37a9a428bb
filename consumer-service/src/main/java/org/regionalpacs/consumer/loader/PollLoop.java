package org.regionalpacs.consumer.loader;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the partitions that one consumer is given, and brings them forward. Everything about them
 * happens in the thread that polls, callbacks of rebalances too: a partition that was taken away is
 * no longer known when something would be committed for it.
 */
final class PollLoop implements ConsumerRebalanceListener {
  private static final Logger LOG = LoggerFactory.getLogger(PollLoop.class);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration ANSWER = Duration.ofSeconds(10);

  private final Consumer<String, byte[]> consumer;
  private final Loads loads;
  private final LoaderProperties limits;
  private final Supplier<Duration> age;
  private final String cluster;
  private final Map<TopicPartition, PartitionFeed> feeds = new HashMap<>();
  private volatile long waiting;

  /**
   * @param consumer of the loader's group, without a subscription
   * @param age of the oldest message of a batch, now
   * @param cluster id of the Kafka cluster
   */
  PollLoop(
      Consumer<String, byte[]> consumer,
      Loads loads,
      LoaderProperties limits,
      Supplier<Duration> age,
      String cluster) {
    this.consumer = consumer;
    this.loads = loads;
    this.limits = limits;
    this.age = age;
    this.cluster = cluster;
  }

  /** Works until it is to stop, or fails. */
  void run(Set<String> topics, BooleanSupplier stopping) {
    try {
      consumer.subscribe(topics, this);
      while (!stopping.getAsBoolean()) {
        turn();
      }
      finish();
    } finally {
      onPartitionsLost(Set.copyOf(feeds.keySet()));
    }
  }

  private void turn() {
    ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
    long now = System.nanoTime();
    for (var feed : feeds.entrySet()) {
      List<ConsumerRecord<String, byte[]>> some = records.records(feed.getKey());
      feed.getValue().add(some, consumer.position(feed.getKey(), ANSWER), now);
    }
    commit(now);
    for (PartitionFeed feed : feeds.values()) {
      feed.toLoad().ifPresent(range -> feed.loading(loads.start(range, cluster)));
    }
    readOn();
    waiting = count();
  }

  /** What can't be committed now (in a rebalance, say) is wanted again in the next turn. */
  private void commit(long now) {
    Map<TopicPartition, Progress> wanted = new HashMap<>();
    feeds.forEach((partition, feed) ->
        feed.wanted(now).ifPresent(progress -> wanted.put(partition, progress)));
    if (wanted.isEmpty()) {
      return;
    }
    Map<TopicPartition, OffsetAndMetadata> offsets =
        wanted.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().commit()));
    try {
      consumer.commitSync(offsets, ANSWER);
    } catch (RebalanceInProgressException | CommitFailedException | RetriableException e) {
      LOG.debug("Not committed now: {}", e.getMessage());
      return;
    }
    wanted.forEach((partition, progress) -> feeds.get(partition).committed(progress));
  }

  /** Reads where more is wanted; when memory is full, where there is most, so that it ends. */
  private void readOn() {
    Set<TopicPartition> open = new HashSet<>();
    feeds.forEach((partition, feed) -> {
      if (feed.open()) {
        open.add(partition);
      }
    });
    long held = feeds.values().stream().mapToLong(PartitionFeed::bytes).sum();
    if (held >= limits.memory()) {
      Optional<TopicPartition> most =
          open.stream().max(Comparator.comparing(partition -> feeds.get(partition).bytes()));
      open.retainAll(most.stream().toList());
    }
    Set<TopicPartition> closed = new HashSet<>(feeds.keySet());
    closed.removeAll(open);
    consumer.pause(closed);
    consumer.resume(open);
  }

  private long count() {
    long sum = 0;
    for (var feed : feeds.entrySet()) {
      sum += feed.getValue().records() + consumer.currentLag(feed.getKey()).orElse(0);
    }
    return sum;
  }

  /** Records of its partitions that aren't loaded. */
  long waiting() {
    return waiting;
  }

  /** What ends soon is committed; the rest is repeated by whoever has the partitions next. */
  private void finish() {
    List<CompletableFuture<?>> ending = new ArrayList<>();
    feeds.values().forEach(feed -> feed.underWay().ifPresent(load -> ending.add(load.outcome())));
    try {
      CompletableFuture.allOf(ending.toArray(CompletableFuture<?>[]::new))
          .get(limits.finish().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      LOG.info("The loader stops while it loads: that is repeated at its next start");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    feeds.values().removeIf(feed -> feed.underWay().isEmpty());
    commit(System.nanoTime());
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    Set<TopicPartition> added = new HashSet<>(partitions);
    added.removeAll(feeds.keySet());
    if (added.isEmpty()) {
      return;
    }
    Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(added, ANSWER);
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(added, ANSWER);
    Map<TopicPartition, Long> ends = consumer.endOffsets(added, ANSWER);
    for (TopicPartition partition : added) {
      Progress progress =
          Optional.ofNullable(committed.get(partition))
              .map(Progress::of)
              .orElseGet(() -> Progress.at(begins.get(partition)));
      if (progress.position() > ends.get(partition)) {
        LOG.warn(
            "{} was committed up to {} but ends at {}: all of it is loaded",
            partition,
            progress.position(),
            ends.get(partition));
        progress = Progress.at(begins.get(partition));
      }
      consumer.seek(partition, Math.max(progress.position(), begins.get(partition)));
      feeds.put(
          partition, new PartitionFeed(partition, progress, ends.get(partition), limits, age));
    }
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    onPartitionsLost(partitions);
  }

  @Override
  public void onPartitionsLost(Collection<TopicPartition> partitions) {
    for (TopicPartition partition : partitions) {
      Optional.ofNullable(feeds.remove(partition)).ifPresent(PartitionFeed::leave);
    }
  }
}
