package org.regionalpacs.storage.cached;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.util.unit.DataSize;

@ExtendWith(OutputCaptureExtension.class)
class RedisOutageTest extends OnARedis {
  private static final int READERS = 20;

  private Health health() {
    return new CacheHealthIndicator(cache).health();
  }

  private String status() {
    return health().getStatus().getCode();
  }

  @Test
  void givenReaders_whenRedisIsKilledAndReturns_thenAllReadWhatIsKept(CapturedOutput output)
      throws Exception {
    byte[] content = bytes(1);
    String id = hot(content);
    AtomicBoolean enough = new AtomicBoolean();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> readers = new ArrayList<>();
      for (int i = 0; i < READERS; i++) {
        readers.add(
            threads.submit(() -> {
              int reads = 0;
              for (; !enough.get(); reads++) {
                assertThat(read(id)).isEqualTo(content);
              }
              return reads;
            }));
      }
      int before = kept.gets.get();
      redis.kill();
      Awaitility.await().until(() -> kept.gets.get() > before + READERS);
      Awaitility.await().until(() -> status().equals("DEGRADED"));
      redis.restart();
      Awaitility.await().until(() -> status().equals("UP"));
      awaitCached(id);
      enough.set(true);
      for (Future<Integer> reader : readers) {
        assertThat(reader.get()).isPositive();
      }
    }

    int after = kept.gets.get();
    assertThat(read(id)).isEqualTo(content);
    assertThat(kept.gets).hasValue(after);
    assertThat(output.getOut().split("reading goes on without it")).hasSize(2);
    assertThat(output).contains("is there again");
  }

  @Test
  void givenRedisHangs_whenMuchIsRead_thenItCostsOneTimeout() throws Exception {
    byte[] content = bytes(2);
    String id = hot(content);
    int before = kept.gets.get();
    redis.hang();
    long start = System.nanoTime();
    for (int i = 0; i < 200; i++) {
      assertThat(read(id)).isEqualTo(content);
    }
    Duration took = Duration.ofNanos(System.nanoTime() - start);

    assertThat(kept.gets).hasValue(before + 200);
    assertThat(redis.counted("pacs.cache.reads", "outcome", "away")).isEqualTo(200);
    // Two hundred timeouts would be more than a minute.
    assertThat(took).isBetween(TestRedis.TIMEOUT, TestRedis.TIMEOUT.multipliedBy(60));
    assertThat(health().getStatus().getCode()).isEqualTo("DEGRADED");
    assertThat(health().getDetails().get("failure").toString()).isNotBlank();

    redis.goOn();
    TestRedis.awaitUp(cache);
    assertThat(read(id)).isEqualTo(content);
    assertThat(kept.gets).hasValue(before + 200);
  }

  @Test
  void givenRedisHangs_whenValuesAreWaitingToBeWritten_thenTheirRoomInTheHeapIsGivenBack()
      throws Exception {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      ids.add(kept.put(bytes(i)));
    }
    redis.hang();
    for (int i = 0; i < ids.size(); i++) {
      assertThat(read(ids.get(i))).isEqualTo(bytes(i));
    }

    Awaitility.await().until(() -> redis.meters.get("pacs.cache.heap").gauge().value() == 0);
  }

  @Test
  void givenRedisIsFull_whenRead_thenTheStoreServesAndItIsSaidOnce(CapturedOutput output)
      throws Exception {
    byte[] hot = bytes(3);
    String cached = hot(hot);
    redis.ask(r -> r.configSet("maxmemory-policy", "noeviction"));
    redis.ask(r -> r.configSet("maxmemory", "1mb"));
    for (int i = 10; i < 40; i++) {
      assertThat(read(kept.put(bytes(i)))).isEqualTo(bytes(i));
    }
    Awaitility.await().until(() -> redis.counted("pacs.cache.writes", "outcome", "failed") > 0);
    int before = kept.gets.get();

    assertThat(read(cached)).isEqualTo(hot);
    assertThat(kept.gets).as("it is still read from").hasValue(before);
    assertThat(status()).isEqualTo("DEGRADED");
    assertThat(output.getOut().split("Redis doesn't take")).hasSize(2);

    store.delete(cached);
    assertThat(redis.keys("*" + cached + "@*")).isEmpty();
    redis.ask(r -> r.configSet("maxmemory", "100mb"));
    Awaitility.await()
        .until(() -> {
          read(kept.put(bytes(1)));
          return redis.counted("pacs.cache.writes", "outcome", "kept") > 1;
        });
    Awaitility.await().untilAsserted(() -> assertThat(output).contains("takes values again"));
  }

  @Test
  void givenRedisWasFlushed_whenRead_thenTheStoreServesAndItIsCachedAgain() throws Exception {
    byte[] content = bytes(4);
    String id = hot(content);
    redis.ask(r -> r.flushall());

    assertThat(read(id)).isEqualTo(content);
    awaitCached(id);
  }

  @Test
  void givenARedisThatIsNoCache_whenConnected_thenHealthAndLogSaySo(CapturedOutput output)
      throws Exception {
    assertThat(health().getDetails()).containsEntry("maxmemory_policy", "allkeys-lfu");
    redis.ask(r -> r.configSet("maxmemory-policy", "volatile-ttl"));
    HotCache other = redis.cache();

    assertThat(new CacheHealthIndicator(other).health().getStatus().getCode())
        .isEqualTo("DEGRADED");
    assertThat(output).contains("maxmemory-policy is volatile-ttl, not allkeys-lfu");
    redis.ask(r -> r.configSet("maxmemory", "0"));
    redis.cache();
    assertThat(output).contains("it has no maxmemory");
  }

  @Test
  void givenADeleteWhileRedisHangs_whenItReturns_thenItDoesNotServeWhatWasDeleted()
      throws Exception {
    String id = hot(bytes(5));
    redis.hang();
    store.delete(id);
    redis.goOn();
    TestRedis.awaitUp(cache);

    assertThat(cache.find(key(id))).isEmpty();
    assertThat(redis.keys("pacs:" + TENANT + ":bytes:local/" + id + "*")).isEmpty();
  }

  @Test
  void givenASlowNetwork_whenMuchIsReadAtOnce_thenThatIsNoOutage(CapturedOutput output)
      throws Exception {
    int large = (int) TestRedis.MAX.toBytes();
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      String id = kept.put(new byte[large]);
      ids.add(id);
      store.get(id, 0, large).close();
      CacheKey key = CacheKey.archived(TENANT, "local", id).range(0, large);
      Awaitility.await().until(() -> cache.find(key).isPresent());
    }
    int before = kept.gets.get();
    try (SlowNetwork slow = new SlowNetwork(redis.address().port(), 8 * large);
        HotCache far =
            HotCache.open(
                RedisAddress.of("127.0.0.1", slow.port()),
                TestRedis.settings(DataSize.ofMegabytes(64)),
                new SimpleMeterRegistry());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      TestRedis.awaitUp(far);
      List<Future<byte[]>> readers = new ArrayList<>();
      for (String id : ids) {
        readers.add(
            threads.submit(() -> {
              try (var in = far.over(kept, TENANT, CacheKey.Kind.BYTES).get(id, 0, large)) {
                return in.readAllBytes();
              }
            }));
      }
      for (Future<byte[]> reader : readers) {
        assertThat(reader.get()).isEqualTo(new byte[large]);
      }
      assertThat(far.link().trouble()).isEmpty();
    }
    assertThat(kept.gets.get() - before).as("those who waited too long").isBetween(1, 7);
    assertThat(output).doesNotContain("reading goes on without it");
  }

  @Test
  void givenNoRedisAtAll_whenRead_thenTheStoreServes() throws Exception {
    byte[] content = bytes(6);
    String id = kept.put(content);
    redis.kill();
    try (HotCache lonely =
        HotCache.open(redis.address(), CacheProperties.defaults(), redis.meters)) {
      assertThat(lonely.over(kept, TENANT, CacheKey.Kind.BYTES).get(id, 0, SIZE))
          .hasBinaryContent(content);
      lonely.forget(key(id));
      assertThat(lonely.find(key(id))).isEmpty();
    }
  }
}
