package org.regionalpacs.intake;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.regionalpacs.intake.IntakeException.Reason;
import org.regionalpacs.messages.MessageCodec;
import org.regionalpacs.messages.StorageMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a storage message durable: in Kafka, or in the outbox as long as Kafka does not answer.
 * While the outbox is being delivered new messages queue behind it, which keeps their order and
 * spares every sender the wait for a Kafka that is known to be down. Where many images come on few
 * associations, all messages take that way: they share one flush, and Kafka gets them in batches.
 */
final class Announcer {
  private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);
  private static final MessageCodec<StorageMessage> CODEC = MessageCodec.of(StorageMessage.class);

  private final StorageQueue queue;
  private final Optional<Outbox> outbox;
  private final boolean outboxFirst;

  /**
   * @param outbox where messages are kept that Kafka doesn't take; without it they are refused
   * @param outboxFirst whether all messages go there
   */
  Announcer(StorageQueue queue, Optional<Outbox> outbox, boolean outboxFirst) {
    this.queue = queue;
    this.outbox = outbox;
    this.outboxFirst = outboxFirst;
  }

  /**
   * Looks whether a message would find its place even if Kafka didn't take it.
   *
   * @throws IntakeException when the outbox has reached its bound
   */
  void requireRoom() throws IntakeException {
    if (outbox.isPresent() && outbox.get().isFull()) {
      throw new IntakeException(
          Reason.OUT_OF_RESOURCES, "message queue is down for too long, send it again later");
    }
  }

  /**
   * When this returns, the message will reach every consumer.
   *
   * @throws IntakeException when it could be made durable nowhere
   */
  void announce(StorageMessage message) throws IntakeException {
    QueuedMessage queued = new QueuedMessage(message.study(), CODEC.encode(message));
    if (outbox.isPresent() && (outboxFirst || !outbox.get().isEmpty())) {
      keep(outbox.get(), queued);
      return;
    }
    Optional<String> failure = publish(queued);
    if (failure.isEmpty()) {
      return;
    }
    if (outbox.isEmpty()) {
      LOG.error("Kafka has not taken {}: {}", message.receptionId(), failure.get());
      throw new IntakeException(Reason.NOT_PUBLISHED, "stored, but the message queue is down");
    }
    LOG.warn("Kafka has not taken {}, kept for later: {}", message.receptionId(), failure.get());
    keep(outbox.get(), queued);
  }

  /** Empty on success, else why not. */
  private Optional<String> publish(QueuedMessage message) {
    try {
      queue.send(message).get(queue.timeout().toMillis(), TimeUnit.MILLISECONDS);
      return Optional.empty();
    } catch (ExecutionException | TimeoutException e) {
      return Optional.of(StorageQueue.cause(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("interrupted");
    }
  }

  private static void keep(Outbox outbox, QueuedMessage message) throws IntakeException {
    try {
      outbox.append(message);
    } catch (IOException e) {
      LOG.error("The outbox can't be written", e);
      throw new IntakeException(Reason.NOT_PUBLISHED, "stored, but not announced: disk error", e);
    }
  }
}
