package org.regionalpacs.intake;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Delivers what is in the outbox, in order, as soon as Kafka takes it. */
final class OutboxReplay implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OutboxReplay.class);
  private static final int BATCH = 500;
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final Duration LAST_DELIVERY = Duration.ofSeconds(2);

  private final Outbox outbox;
  private final StorageQueue queue;
  private final Duration gathering;
  private final Thread thread;
  private volatile boolean closed;
  private volatile Duration pause = FIRST_PAUSE;

  /**
   * @param gathering how long messages gather before a batch of them is sent; none where only those
   *     come that Kafka didn't take
   */
  OutboxReplay(Outbox outbox, StorageQueue queue, Duration gathering) {
    this.outbox = outbox;
    this.queue = queue;
    this.gathering = gathering;
    this.thread = Thread.ofPlatform().daemon().name("outbox-replay").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  private void run() {
    while (!closed) {
      try {
        Optional<OutboxSegment> segment = outbox.oldest(POLL.toMillis());
        if (segment.isPresent()) {
          deliver(segment.get());
        }
      } catch (InterruptedException e) {
        return;
      } catch (IOException | RuntimeException | Error e) {
        // Whatever it is: nothing else brings these messages to Kafka.
        outbox.refused(true);
        LOG.error("The outbox can't be delivered", e);
        rest();
      }
    }
  }

  /** Delivers a segment to its end, however long Kafka takes to come back. */
  private void deliver(OutboxSegment segment) throws IOException, InterruptedException {
    long delivered = 0;
    boolean removed = false;
    while (!removed && !closed) {
      Thread.sleep(gathering);
      OutboxSegment.Batch batch = segment.read(delivered, BATCH);
      if (deliver(batch.messages())) {
        delivered = batch.next();
        removed = outbox.remove(segment, delivered, batch.torn());
      } else {
        rest();
      }
    }
  }

  private boolean deliver(List<QueuedMessage> messages) throws InterruptedException {
    try {
      List<CompletableFuture<?>> sent = new ArrayList<>();
      for (QueuedMessage message : messages) {
        CompletableFuture<?> acknowledgement = queue.send(message);
        sent.add(acknowledgement);
        if (acknowledgement.isCompletedExceptionally()) {
          break;
        }
      }
      CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new))
          .get(queue.timeout().toMillis(), TimeUnit.MILLISECONDS);
      if (!messages.isEmpty()) {
        boolean late = gathering.isZero() || !pause.equals(FIRST_PAUSE);
        LOG.atLevel(late ? Level.INFO : Level.DEBUG)
            .log("{} messages of the outbox delivered to Kafka", messages.size());
      }
      pause = FIRST_PAUSE;
      outbox.refused(false);
      return true;
    } catch (ExecutionException | TimeoutException e) {
      outbox.refused(true);
      Level level = pause.equals(FIRST_PAUSE) ? Level.WARN : Level.DEBUG;
      LOG.atLevel(level)
          .log("Kafka does not take the outbox's messages yet: {}", StorageQueue.cause(e));
      return false;
    }
  }

  private void rest() {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Duration longer = pause.multipliedBy(2);
    pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
  }

  /** Stops; what isn't delivered stays in the outbox, of messages that Kafka takes nothing. */
  @Override
  public void close() {
    awaitDelivery();
    closed = true;
    thread.interrupt();
    try {
      thread.join(queue.timeout());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The last messages of a service that stops, unless Kafka is away: then it isn't waited for. */
  private void awaitDelivery() {
    long end = System.nanoTime() + LAST_DELIVERY.toNanos();
    try {
      while (!gathering.isZero()
          && thread.isAlive()
          && pause.equals(FIRST_PAUSE)
          && !outbox.isEmpty()
          && System.nanoTime() < end) {
        Thread.sleep(gathering);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
