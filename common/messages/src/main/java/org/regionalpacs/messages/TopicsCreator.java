package org.regionalpacs.messages;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.KafkaAdmin;

/**
 * Creates the topics before listeners start, and goes on trying when Kafka isn't there yet:
 * Spring's own admin tries once, and a service that started before its Kafka would wait for ever.
 */
final class TopicsCreator implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(TopicsCreator.class);
  private static final Duration FIRST_ATTEMPT = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private final KafkaAdmin admin;
  private final CountDownLatch created = new CountDownLatch(1);
  private volatile Thread worker = Thread.ofVirtual().unstarted(() -> {});

  TopicsCreator(KafkaAdmin admin) {
    this.admin = admin;
    admin.setAutoCreate(false);
    admin.setFatalIfBrokerNotAvailable(false);
    admin.setOperationTimeout((int) FIRST_ATTEMPT.toSeconds());
  }

  @Override
  public void start() {
    worker = Thread.ofVirtual().name("topics").start(this::create);
    try {
      if (!created.await(FIRST_ATTEMPT.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("Kafka doesn't answer yet: its topics are made when it does");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void create() {
    while (!Thread.currentThread().isInterrupted()) {
      if (attempt()) {
        created.countDown();
        return;
      }
      try {
        Thread.sleep(PAUSE);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private boolean attempt() {
    try {
      return admin.initialize();
    } catch (RuntimeException e) {
      LOG.warn("Topics could not be made: {}", e.getMessage());
      return false;
    }
  }

  @Override
  public void stop() {
    worker.interrupt();
  }

  @Override
  public boolean isRunning() {
    return worker.isAlive() || created.getCount() == 0;
  }

  /** Before everything that reads or writes topics. */
  @Override
  public int getPhase() {
    return Integer.MIN_VALUE + 1000;
  }
}
