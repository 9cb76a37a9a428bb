package org.regionalpacs.messages;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.support.ProducerListener;

/**
 * Publishes {@link LogRecord}s on {@link Topics#LOG}, best effort: {@link #record} never blocks and
 * never fails. When Kafka is away, the newest messages are dropped and counted.
 */
public final class AccessLog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);
  private static final int CAPACITY = 4096;

  /** Between two batches; who records wakes nobody up. */
  private static final long PAUSE_MILLIS = 50;

  private static final Duration WARNING_PAUSE = Duration.ofMinutes(1);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

  private final LogRecordCodec codec = new LogRecordCodec();
  private final BlockingQueue<LogRecord> queue = new ArrayBlockingQueue<>(CAPACITY);
  private final AtomicLong nextWarning = new AtomicLong(System.nanoTime());
  private final LongAdder dropped = new LongAdder();
  private final KafkaTemplate<String, byte[]> kafka;
  private final Thread publisher;
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile boolean closed;

  /**
   * @param kafka a template with a producer of its own: one shared with the storage queue could
   *     fill its buffer with log records while Kafka is away; destroyed by {@link #close}
   */
  AccessLog(KafkaTemplate<String, byte[]> kafka) {
    this.kafka = kafka;
    // The default listener logs an error for each record, a flood when Kafka is away.
    kafka.setProducerListener(new ProducerListener<>() {});
    if (kafka.getProducerFactory() instanceof DefaultKafkaProducerFactory<?, ?> factory) {
      // Not the default half a minute: with Kafka away a service would take so long to stop.
      factory.setPhysicalCloseTimeout((int) CLOSE_LIMIT.toSeconds());
    }
    this.publisher = Thread.ofPlatform().name("access-log").daemon().start(this::publishAll);
  }

  /** Takes what tells of a request over for publishing, or drops it when too many are waiting. */
  public void record(LogMessage request) {
    offer(request);
  }

  /** Takes what tells of a conversion over for publishing, within the same bounds. */
  public void record(ConversionMessage conversion) {
    offer(conversion);
  }

  private void offer(LogRecord message) {
    if (closed || !queue.offer(message)) {
      dropped.increment();
    }
  }

  /** How many messages were dropped since the start: the queue was full, or Kafka refused. */
  public long dropped() {
    return dropped.sum();
  }

  private void publishAll() {
    try {
      while (!closed || !queue.isEmpty()) {
        closing.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        Optional<LogRecord> next = Optional.ofNullable(queue.poll());
        while (next.isPresent()) {
          if (Thread.currentThread().isInterrupted()) {
            dropped.increment();
            throw new InterruptedException();
          }
          publish(next.get());
          next = Optional.ofNullable(queue.poll());
        }
      }
    } catch (InterruptedException e) {
      dropped.add(queue.size());
    }
  }

  private void publish(LogRecord message) {
    String key = message.study().isEmpty() ? message.eventId().toString() : message.study();
    try {
      kafka
          .send(new ProducerRecord<>(Topics.LOG, key, codec.encode(message)))
          .whenComplete((_, failure) -> countIfLost(failure));
    } catch (RuntimeException e) {
      countIfLost(e);
    }
  }

  private void countIfLost(Throwable failure) {
    if (failure != null) {
      dropped.increment();
      long now = System.nanoTime();
      long due = nextWarning.get();
      if (now - due >= 0 && nextWarning.compareAndSet(due, now + WARNING_PAUSE.toNanos())) {
        LOG.warn(
            "Messages for {} are lost, {} up to now: {}", Topics.LOG, dropped, failure.toString());
      }
    }
  }

  /** Publishes what is waiting, for at most a few seconds, whether Kafka is there or not. */
  @Override
  public void close() {
    closed = true;
    closing.countDown();
    try {
      if (!publisher.join(CLOSE_LIMIT)) {
        publisher.interrupt();
      }
    } catch (InterruptedException e) {
      publisher.interrupt();
      Thread.currentThread().interrupt();
    }
    kafka.destroy();
  }
}
