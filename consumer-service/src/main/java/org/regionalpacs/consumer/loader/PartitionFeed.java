package org.regionalpacs.consumer.loader;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.regionalpacs.warehouse.WarehouseTable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A partition that this consumer has: what was read of it and isn't loaded, and how far it is. It
 * goes round: accumulate, commit the boundary, load, commit what comes after it. Of one thread.
 */
final class PartitionFeed {
  private static final Logger LOG = LoggerFactory.getLogger(PartitionFeed.class);

  private final TopicPartition partition;
  private final LoaderProperties limits;
  private final Supplier<Duration> age;
  private final Deque<ConsumerRecord<String, byte[]>> read = new ArrayDeque<>();
  private Progress progress;
  private Optional<Loads.UnderWay> underWay = Optional.empty();
  private long bytes;
  private long reached;

  /** When the oldest of what was read came, at the earliest. */
  private long since;

  private long lastCame;

  /** The end of the log, where it lies within the batch that had begun: the rest is lost. */
  private long lostFrom = Long.MAX_VALUE;

  /**
   * @param progress as it was committed
   * @param end of the log
   */
  PartitionFeed(TopicPartition partition, Progress progress, long end, LoaderProperties limits) {
    this(partition, progress, end, limits, limits::age);
  }

  /**
   * @param age of the oldest message of a batch, now
   */
  PartitionFeed(
      TopicPartition partition,
      Progress progress,
      long end,
      LoaderProperties limits,
      Supplier<Duration> age) {
    this.partition = partition;
    this.limits = limits;
    this.age = age;
    this.progress = progress;
    this.reached = progress.position();
    if (!progress.boundary().isEmpty() && progress.boundary().ends().getLast() >= end) {
      lostFrom = end;
    }
  }

  /**
   * Takes what was read.
   *
   * @param position of the consumer after it
   * @param now by {@link System#nanoTime}
   */
  void add(List<ConsumerRecord<String, byte[]>> records, long position, long now) {
    long from = records.isEmpty() ? position : records.getFirst().offset();
    if (from < reached) {
      beginAnew(from);
    }
    if (!records.isEmpty()) {
      if (read.isEmpty()) {
        since = now;
      }
      lastCame = now;
      for (ConsumerRecord<String, byte[]> record : records) {
        read.add(record);
        bytes += size(record);
      }
    }
    reached = position;
  }

  private void beginAnew(long offset) {
    LOG.warn("{} begins anew at {}: {} isn't there any more", partition, offset, reached);
    leave();
    read.clear();
    bytes = 0;
    lostFrom = Long.MAX_VALUE;
    progress = Progress.at(offset);
  }

  /** What is to be committed now, before anything else can happen. */
  Optional<Progress> wanted(long now) {
    if (underWay.isPresent()) {
      return underWay.get().outcome().isDone()
          ? Optional.of(after(underWay.get().outcome().join()))
          : Optional.empty();
    }
    return progress.boundary().isEmpty() ? cut(now).map(progress::until) : Optional.empty();
  }

  private Progress after(Outcome outcome) {
    if (!outcome.refused().isEmpty()) {
      return progress.split(outcome.loaded());
    }
    return progress.boundary().last() >= lostFrom ? Progress.at(lostFrom) : progress.loaded();
  }

  /** The last offset of a batch, where there is enough for one. */
  private Optional<Long> cut(long now) {
    if (full()) {
      int rows = 0;
      long sum = 0;
      for (ConsumerRecord<String, byte[]> record : read) {
        rows++;
        sum += size(record);
        if (rows >= limits.rows() || sum >= limits.bytes().toBytes()) {
          return Optional.of(record.offset());
        }
      }
    }
    boolean old = !read.isEmpty() && now - since >= age.get().toNanos();
    return old ? Optional.of(read.getLast().offset()) : Optional.empty();
  }

  private boolean full() {
    return read.size() >= limits.rows() || bytes >= limits.bytes().toBytes();
  }

  /** It is durable now. */
  void committed(Progress now) {
    if (!progress.equals(now)) {
      leave();
    }
    progress = now;
    while (!read.isEmpty() && read.getFirst().offset() < now.position()) {
      bytes -= size(read.removeFirst());
      since = lastCame;
    }
    if (now.position() >= lostFrom) {
      lostFrom = Long.MAX_VALUE;
    }
  }

  /** What is to be loaded now: a batch that has begun, and of which all is here that there is. */
  Optional<Range> toLoad() {
    if (underWay.isPresent() || !complete()) {
      return Optional.empty();
    }
    Boundary boundary = progress.boundary();
    return Optional.of(
        new Range(
            partition,
            progress.position(),
            boundary.last(),
            read.stream().takeWhile(record -> record.offset() <= boundary.last()).toList(),
            Arrays.stream(WarehouseTable.values())
                .filter(boundary::has)
                .collect(Collectors.toSet())));
  }

  private boolean complete() {
    Boundary boundary = progress.boundary();
    return !boundary.isEmpty() && (reached > boundary.last() || reached >= lostFrom);
  }

  void loading(Loads.UnderWay load) {
    underWay = Optional.of(load);
  }

  Optional<Loads.UnderWay> underWay() {
    return underWay;
  }

  /** Somebody else may have it now, or it is repeated later. */
  void leave() {
    underWay.ifPresent(Loads.UnderWay::leave);
    underWay = Optional.empty();
  }

  /** Whether more is to be read of it. */
  boolean open() {
    if (underWay.isPresent()) {
      return false;
    }
    return progress.boundary().isEmpty() ? !full() : !complete();
  }

  /** Bytes of what was read. */
  long bytes() {
    return bytes;
  }

  /** How many records were read. */
  int records() {
    return read.size();
  }

  private static int size(ConsumerRecord<String, byte[]> record) {
    return record.value() == null ? 0 : record.value().length;
  }
}
