package org.regionalpacs.wado.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.regionalpacs.index.StudyReads.Read;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Collects which studies are read, and writes it in batches. Nobody who reads waits for it or
 * notices when it fails: what there is no room to remember is forgotten.
 */
final class ReadStudies implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(ReadStudies.class);
  private static final int REMEMBERED = 100_000;
  private static final int MOST_WAITING = 10_000;
  private static final int BATCH = 500;
  private static final Duration STOP = Duration.ofSeconds(5);

  private final Writer writer;
  private final AccessProperties properties;
  private final Cache<Key, Boolean> recent;
  private final Map<Key, Long> waiting = new ConcurrentHashMap<>();
  private final Counter forgotten;
  private volatile Optional<Thread> thread = Optional.empty();
  private volatile boolean failing;

  /** Takes batches. */
  interface Writer {
    void write(List<Read> reads);
  }

  private record Key(String tenant, String study, boolean objects) {}

  ReadStudies(Writer writer, AccessProperties properties, MeterRegistry meters) {
    this.writer = writer;
    this.properties = properties;
    this.recent =
        Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .expireAfterWrite(properties.accessInterval())
            .build();
    this.forgotten = meters.counter("pacs.eviction.reads.forgotten");
  }

  /**
   * A study was read.
   *
   * @param objects whether pixels or objects were, not only metadata
   */
  void read(String tenant, String study, boolean objects) {
    Key key = new Key(tenant, study, objects);
    if (recent.getIfPresent(key) != null) {
      return;
    }
    if (waiting.size() >= MOST_WAITING) {
      forgotten.increment();
      return;
    }
    recent.put(key, true);
    waiting.put(key, System.currentTimeMillis());
  }

  @Override
  public synchronized void start() {
    if (!isRunning()) {
      // No virtual thread: to interrupt one in a statement breaks its connection.
      thread = Optional.of(Thread.ofPlatform().daemon().name("read-studies").start(this::repeat));
    }
  }

  private void repeat() {
    try {
      while (true) {
        Thread.sleep(properties.accessFlush());
        flush();
      }
    } catch (InterruptedException e) {
      flush();
    }
  }

  /** Writes what waits. After a failure it goes on waiting. */
  void flush() {
    while (!waiting.isEmpty()) {
      List<Key> keys = waiting.keySet().stream().limit(BATCH).toList();
      Map<Key, Long> times = new ConcurrentHashMap<>();
      keys.forEach(
          key -> Optional.ofNullable(waiting.remove(key)).ifPresent(t -> times.put(key, t)));
      try {
        writer.write(reads(times));
        failing = false;
      } catch (RuntimeException e) {
        times.forEach(waiting::putIfAbsent);
        if (!failing) {
          LOG.warn(
              "When studies were read can't be recorded, nothing waits for it: {}", e.toString());
        }
        failing = true;
        return;
      }
    }
  }

  /** One of a study, as one statement changes a row once. */
  private static List<Read> reads(Map<Key, Long> times) {
    Map<List<String>, Read> byStudy = new ConcurrentHashMap<>();
    times.forEach((key, at) ->
        byStudy.merge(
            List.of(key.tenant(), key.study()),
            new Read(key.tenant(), key.study(), at, key.objects()),
            (a, b) ->
                new Read(
                    a.tenant(), a.study(), Math.max(a.at(), b.at()), a.objects() || b.objects())));
    return new ArrayList<>(byStudy.values());
  }

  @Override
  public synchronized void stop() {
    thread.ifPresent(running -> {
      running.interrupt();
      try {
        running.join(STOP);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    });
    thread = Optional.empty();
  }

  @Override
  public boolean isRunning() {
    return thread.filter(Thread::isAlive).isPresent();
  }
}
