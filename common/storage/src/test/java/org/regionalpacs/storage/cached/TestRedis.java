package org.regionalpacs.storage.cached;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.regionalpacs.embedded.EmbeddedServer;
import org.regionalpacs.embedded.EmbeddedServerException;
import org.regionalpacs.embedded.RedisServer;
import org.regionalpacs.embedded.RedisSettings;
import org.springframework.util.unit.DataSize;

/** A Redis of its own that things may be done to, and caches on it. */
final class TestRedis implements AutoCloseable {
  static final Duration TIMEOUT = Duration.ofSeconds(1);
  static final Duration PAUSE = Duration.ofMillis(300);
  static final DataSize MAX = DataSize.ofMegabytes(1);

  private final Path dir;
  private final RedisServer server;
  private final List<HotCache> caches = new ArrayList<>();
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  private TestRedis(Path dir, RedisServer server) {
    this.dir = dir;
    this.server = server;
  }

  static TestRedis start(Path dir) throws EmbeddedServerException {
    return new TestRedis(dir, RedisServer.start(RedisSettings.in(dir)));
  }

  /** Nothing is kept in the heap: what is asked of a test is asked of Redis. */
  static CacheProperties settings(DataSize heap) {
    return settings(heap, DataSize.ofBytes(0));
  }

  static CacheProperties settings(DataSize heap, DataSize near) {
    return new CacheProperties(true, Duration.ofHours(1), MAX, heap, near, TIMEOUT, PAUSE, true);
  }

  RedisAddress address() {
    return RedisAddress.of("127.0.0.1", server.port());
  }

  /** A cache that is connected. */
  HotCache cache() {
    return cache(settings(DataSize.ofMegabytes(8)));
  }

  HotCache cache(CacheProperties settings) {
    HotCache cache = HotCache.open(address(), settings, meters);
    caches.add(cache);
    awaitUp(cache);
    return cache;
  }

  static void awaitUp(HotCache cache) {
    Awaitility.await().until(() -> cache.link().commands().isPresent());
  }

  /** Hangs from now on: it takes connections and answers nothing. */
  void hang() throws Exception {
    signal("STOP");
  }

  void goOn() throws Exception {
    signal("CONT");
  }

  private void signal(String signal) throws Exception {
    long pid = EmbeddedServer.pid(dir, "redis").orElseThrow();
    new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start().waitFor();
  }

  void kill() throws IOException {
    long pid = EmbeddedServer.pid(dir, "redis").orElseThrow();
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    server.exited().join();
  }

  void restart() throws EmbeddedServerException {
    server.restart();
  }

  /** What is in it, as text. */
  <T> T ask(Function<RedisCommands<String, String>, T> question) {
    return ask(StringCodec.ASCII, question);
  }

  <T> T askBytes(Function<RedisCommands<byte[], byte[]>, T> question) {
    return ask(ByteArrayCodec.INSTANCE, question);
  }

  private <V, T> T ask(RedisCodec<V, V> codec, Function<RedisCommands<V, V>, T> question) {
    RedisClient client = RedisClient.create(RedisURI.create("127.0.0.1", server.port()));
    try (StatefulRedisConnection<V, V> connection = client.connect(codec)) {
      return question.apply(connection.sync());
    } finally {
      client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    }
  }

  List<String> keys(String pattern) {
    return ask(redis -> redis.keys(pattern)).stream().sorted().toList();
  }

  double counted(String meter, String... tags) {
    return meters.find(meter).tags(tags).counters().stream()
        .mapToDouble(counter -> counter.count())
        .sum();
  }

  @Override
  public void close() throws Exception {
    if (server.alive()) {
      goOn();
    }
    caches.forEach(HotCache::close);
    server.close();
  }
}
