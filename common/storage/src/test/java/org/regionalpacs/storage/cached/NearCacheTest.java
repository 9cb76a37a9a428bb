package org.regionalpacs.storage.cached;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.regionalpacs.storage.cached.CacheKey.Kind;
import org.springframework.util.unit.DataSize;

/** What a process has just read, in its heap. */
class NearCacheTest extends OnARedis {
  private static final int NEAR = 1_050_000;

  @BeforeEach
  void keepNearby() {
    cache = redis.cache(TestRedis.settings(DataSize.ofMegabytes(8), DataSize.ofBytes(NEAR)));
    store = cache.over(kept, TENANT, Kind.BYTES);
  }

  private double nearby() {
    return redis.counted("pacs.cache.reads", "outcome", "memory");
  }

  private double held() {
    return redis.meters.get("pacs.cache.memory").gauge().value();
  }

  @Test
  void givenARangeThatWasRead_whenReadAgain_thenNeitherStoreNorRedisIsAsked() throws Exception {
    String id = kept.put(bytes(1));
    read(id);
    Awaitility.await().until(() -> cache.heldBytes() == 0);
    redis.ask(r -> r.configResetstat());
    for (int i = 0; i < 10; i++) {
      assertThat(read(id)).isEqualTo(bytes(1));
    }

    assertThat(kept.gets).hasValue(1);
    assertThat(redis.<String>ask(r -> r.info("commandstats"))).doesNotContain("getrange");
    assertThat(nearby()).isEqualTo(10);
    assertThat(cache.heldBytes()).as("nobody reads").isZero();
  }

  @Test
  void givenWhatRedisHas_whenRead_thenItIsNearbyFromThenOn() throws Exception {
    String id = kept.put(bytes(2));
    read(id);
    Awaitility.await().until(() -> redis.counted("pacs.cache.writes", "outcome", "kept") == 1);
    keepNearby();
    kept.delete(id);

    assertThat(read(id)).isEqualTo(bytes(2));
    assertThat(nearby()).isZero();
    assertThat(read(id)).isEqualTo(bytes(2));
    assertThat(nearby()).isEqualTo(1);
  }

  @Test
  void givenASmallValue_whenFoundAgain_thenRedisIsNotAskedUntilItIsForgotten() {
    CacheKey key = CacheKey.layout(TENANT, UUID.randomUUID());
    cache.keep(key, new byte[] {1, 2, 3});

    assertThat(cache.find(key).orElseThrow()).containsExactly(1, 2, 3);
    assertThat(nearby()).isEqualTo(1);
    assertThat(cache.heldBytes()).isLessThan(100);
    cache.forget(key);
    assertThat(cache.find(key)).isEmpty();
  }

  @Test
  void givenMoreThanThereIsRoomFor_thenTheHeapStaysBounded() throws Exception {
    for (int i = 0; i < 40; i++) {
      String id = kept.put(bytes(i));
      assertThat(read(id)).isEqualTo(bytes(i));
      assertThat(held()).isLessThanOrEqualTo(NEAR);
    }
    assertThat(held()).isGreaterThan(SIZE);
  }

  @Test
  void givenADeletedBlob_whenReadAgain_thenNothingOfItIsServedOrKept() throws Exception {
    String id = kept.put(bytes(3));
    read(id);
    store.get(id, 10, 20).close();
    InputStream reader = store.get(id, 0, SIZE);
    store.delete(id);

    assertThat(reader.readAllBytes()).as("who has begun reads to the end").isEqualTo(bytes(3));
    reader.close();
    assertThat(held()).isZero();
    assertThat(cache.find(key(id))).isEmpty();
  }

  @Test
  void givenALoadUnderWay_whenItsBlobIsDeleted_thenItIsNotKeptNearby() throws Exception {
    String id = kept.put(bytes(4));
    kept.shut();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<byte[]> early = threads.submit(() -> read(id));
      Awaitility.await().until(() -> kept.gets.get() == 1);
      cache.forget(CacheKey.archived(TENANT, "local", id));
      kept.open();
      assertThat(early.get()).isEqualTo(bytes(4));
    }

    assertThat(held()).isZero();
    read(id);
    assertThat(kept.gets).as("asked again").hasValue(2);
  }

  @Test
  void givenNoRedis_thenItServesAllTheSame() throws Exception {
    String id = kept.put(bytes(5));
    redis.kill();
    read(id);
    Awaitility.await().until(() -> !cache.link().trouble().isEmpty());
    for (int i = 0; i < 5; i++) {
      assertThat(read(id)).isEqualTo(bytes(5));
    }

    assertThat(cache.remembers()).isTrue();
    assertThat(kept.gets).hasValue(1);
  }

  @Test
  void givenAMinute_whenItIsOver_thenTheValueIsGone() {
    AtomicLong now = new AtomicLong();
    NearCache near = new NearCache(NEAR, now::get);
    CacheKey key = CacheKey.layout(TENANT, UUID.randomUUID());
    HeapBudget budget = new HeapBudget(1000);
    near.keep(key, HeldBytes.unused(new byte[100], budget));

    now.addAndGet(NearCache.STAY.toNanos() - 1);
    assertThat(near.find(key)).isPresent();
    assertThat(budget.held()).as("counts while it is read").isEqualTo(100);
    now.addAndGet(1);
    assertThat(near.find(key)).isEmpty();
  }
}
