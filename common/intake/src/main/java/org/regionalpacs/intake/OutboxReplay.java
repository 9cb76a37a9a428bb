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

  private final Outbox outbox;
  private final StorageQueue queue;
  private final Thread thread;
  private volatile boolean closed;
  private Duration pause = FIRST_PAUSE;

  OutboxReplay(Outbox outbox, StorageQueue queue) {
    this.outbox = outbox;
    this.queue = queue;
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
      } catch (IOException | RuntimeException e) {
        LOG.error("The outbox can't be read: {}", e.toString());
        rest();
      }
    }
  }

  /** Delivers a segment to its end, however long Kafka takes to come back. */
  private void deliver(OutboxSegment segment) throws IOException, InterruptedException {
    long delivered = 0;
    boolean removed = false;
    while (!removed && !closed) {
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
        LOG.info("{} messages of the outbox delivered to Kafka", messages.size());
      }
      pause = FIRST_PAUSE;
      return true;
    } catch (ExecutionException | TimeoutException e) {
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

  /** Stops; what isn't delivered stays in the outbox. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join(queue.timeout());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
