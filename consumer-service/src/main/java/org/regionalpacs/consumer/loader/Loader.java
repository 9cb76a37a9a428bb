package org.regionalpacs.consumer.loader;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.regionalpacs.consumer.RetryProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.ConsumerFactory;

/**
 * Reads the topics and brings them into the warehouse, each row once. Its threads go on whatever
 * happens to their consumers; only an {@link Error} ends one, and then health says so.
 */
final class Loader implements SmartLifecycle {
  /** The consumer group. */
  static final String GROUP = "loader";

  private static final Logger LOG = LoggerFactory.getLogger(Loader.class);
  private static final Duration CLOSE = Duration.ofSeconds(5);
  private static final int RECORDS = 1000;
  private static final int FETCH = 16 * 1024 * 1024;

  /** Batches are seconds old anyway: it needn't be woken for each message. */
  private static final int LEAST_FETCH = 64 * 1024;

  private final LoaderProperties properties;
  private final RetryProperties retry;
  private final Set<String> topics;
  private final ConsumerFactory<String, byte[]> consumers;
  private final Supplier<Optional<String>> cluster;
  private final Loads loads;
  private final Supplier<Duration> age;
  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private final List<PollLoop> loops = new CopyOnWriteArrayList<>();
  private volatile CountDownLatch stop = new CountDownLatch(0);

  /**
   * @param topics that are read
   * @param cluster id of the Kafka cluster, while it can be had
   * @param age of the oldest message of a batch, now
   */
  Loader(
      LoaderProperties properties,
      RetryProperties retry,
      Set<String> topics,
      ConsumerFactory<String, byte[]> consumers,
      Supplier<Optional<String>> cluster,
      Loads loads,
      Supplier<Duration> age) {
    this.properties = properties;
    this.retry = retry;
    this.topics = topics;
    this.consumers = consumers;
    this.cluster = cluster;
    this.loads = loads;
    this.age = age;
  }

  @Override
  public synchronized void start() {
    stop = new CountDownLatch(1);
    for (int i = 0; i < properties.consumers(); i++) {
      String name = "loader-" + i;
      threads.add(Thread.ofPlatform().name(name).start(() -> read(name)));
    }
  }

  private void read(String name) {
    int failures = 0;
    while (!stopping()) {
      long begin = System.nanoTime();
      try {
        session(name);
      } catch (RuntimeException e) {
        if (stopping()) {
          return;
        }
        boolean longAgo = System.nanoTime() - begin > 2 * retry.longestPause().toNanos();
        failures = longAgo ? 1 : failures + 1;
        Duration pause = retry.after(failures);
        LOG.error("{} failed, and begins again in {} ms", name, pause.toMillis(), e);
        if (!pause(pause)) {
          return;
        }
      } catch (Error e) {
        LOG.error("{} has ended: it loads nothing until the service starts again", name, e);
        return;
      }
    }
  }

  private void session(String name) {
    String id =
        cluster
            .get()
            .orElseThrow(() -> new IllegalStateException("Kafka doesn't tell its cluster's id"));
    Consumer<String, byte[]> consumer = consumers.createConsumer(GROUP, "", name, own());
    PollLoop loop = new PollLoop(consumer, loads, properties, age, id);
    try {
      loops.add(loop);
      loop.run(topics, this::stopping);
    } finally {
      loops.remove(loop);
      consumer.close(CloseOptions.timeout(CLOSE));
    }
  }

  private static Properties own() {
    Properties own = new Properties();
    own.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    own.setProperty(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    // What an operator replays is there in one transaction or not at all.
    own.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    own.setProperty(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, Integer.toString(RECORDS));
    own.setProperty(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, Integer.toString(LEAST_FETCH));
    own.setProperty(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, Integer.toString(FETCH));
    return own;
  }

  private boolean pause(Duration pause) {
    try {
      stop.await(pause.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private boolean stopping() {
    return stop.getCount() == 0;
  }

  /** Records of this process' partitions that aren't loaded. */
  long waiting() {
    return loops.stream().mapToLong(PollLoop::waiting).sum();
  }

  /** Whether all threads work that should. */
  boolean complete() {
    return stopping() || threads.stream().allMatch(Thread::isAlive);
  }

  @Override
  public synchronized void stop() {
    stop.countDown();
    for (Thread thread : threads) {
      try {
        thread.join(properties.finish().plus(CLOSE).plus(CLOSE));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
    threads.clear();
  }

  @Override
  public boolean isRunning() {
    return !stopping();
  }

  @Override
  public boolean isAutoStartup() {
    return properties.enabled();
  }
}
