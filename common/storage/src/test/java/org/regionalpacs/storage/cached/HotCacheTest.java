package org.regionalpacs.storage.cached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.regionalpacs.storage.BlobMissingException;
import org.regionalpacs.storage.BlobStore;
import org.regionalpacs.storage.cached.CacheKey.Kind;
import org.springframework.util.unit.DataSize;

class HotCacheTest extends OnARedis {
  private static final int READERS = 100;

  private List<Future<byte[]>> readAtOnce(String id) {
    List<Future<byte[]>> readers = new ArrayList<>();
    CountDownLatch ready = new CountDownLatch(READERS);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < READERS; i++) {
        readers.add(
            threads.submit(() -> {
              ready.countDown();
              ready.await();
              return read(id);
            }));
      }
    }
    return readers;
  }

  @Test
  void givenAHundredReaders_whenTheyWantTheSameAtOnce_thenItIsLoadedOnce() throws Exception {
    byte[] content = bytes(1);
    String id = kept.put(content);
    kept.shut();
    Thread opens =
        Thread.ofVirtual()
            .start(() -> {
              Awaitility.await().until(() -> kept.gets.get() > 0);
              kept.open();
            });
    for (Future<byte[]> reader : readAtOnce(id)) {
      assertThat(reader.get()).isEqualTo(content);
    }
    opens.join();

    assertThat(kept.gets).hasValue(1);
    Awaitility.await().until(() -> redis.meters.get("pacs.cache.heap").gauge().value() == 0);
  }

  @Test
  void givenTheDecorator_thenItHandsOnEverythingThatAStoreCan() {
    for (Method method : BlobStore.class.getMethods()) {
      assertThat(CachedBlobStore.class.getDeclaredMethods())
          .as("a default would be done past the store: " + method)
          .anyMatch(own ->
              own.getName().equals(method.getName())
                  && Arrays.equals(own.getParameterTypes(), method.getParameterTypes()));
    }
  }

  @Test
  void givenAFailingStore_whenManyWantTheSame_thenAllLearnTheReason() throws Exception {
    String id = kept.put(bytes(1));
    kept.delete(id);
    for (Future<byte[]> reader : readAtOnce(id)) {
      assertThatThrownBy(reader::get).hasCauseInstanceOf(BlobMissingException.class);
    }
    assertThat(redis.meters.get("pacs.cache.heap").gauge().value()).isZero();
  }

  @Test
  void givenGarbageInRedis_whenRead_thenTheStoreServesAndItIsReplaced() throws Exception {
    byte[] content = bytes(2);
    String id = hot(content);
    byte[] key = key(id).value();
    byte[] sound = redis.askBytes(r -> r.get(key));
    byte[] flipped = sound.clone();
    flipped[SIZE / 2] ^= 1;
    String other = hot(bytes(3));
    byte[] others = redis.askBytes(r -> r.get(key(other).value()));
    byte[] huge = new byte[20_000_000];
    new Random(1).nextBytes(huge);
    List<byte[]> garbage =
        List.of(
            new byte[1],
            "nonsense".getBytes(StandardCharsets.US_ASCII),
            Arrays.copyOf(sound, sound.length - 1),
            Arrays.copyOf(sound, sound.length + 1),
            flipped,
            others,
            huge);
    for (byte[] wrong : garbage) {
      redis.askBytes(r -> r.set(key, wrong));
      assertThat(read(id)).isEqualTo(content);
      Awaitility.await().until(() -> Arrays.equals(redis.<byte[]>askBytes(r -> r.get(key)), sound));
    }
    redis.askBytes(r -> r.del(key) + r.lpush(key, new byte[10]));
    assertThat(read(id)).isEqualTo(content);
    awaitCached(id);
    assertThat(redis.counted("pacs.cache.reads", "outcome", "garbage"))
        .isGreaterThanOrEqualTo(garbage.size());
    assertThat(cache.link().trouble()).isEmpty();
  }

  @Test
  void givenARangeThatIsTooLarge_whenRead_thenItStreamsPastTheCache() throws Exception {
    byte[] content = new byte[(int) TestRedis.MAX.toBytes() + 1];
    String id = kept.put(content);

    assertThat(store.get(id, 0, content.length)).hasBinaryContent(content);
    assertThat(redis.keys("*")).isEmpty();
    store.get(id, 0, content.length - 1).close();
    Awaitility.await()
        .untilAsserted(() ->
            assertThat(redis.keys("pacs:*"))
                .containsExactly(
                    "pacs:hospital:bytes.parts:local/" + id,
                    "pacs:hospital:bytes:local/" + id + "@0+1048576"));
    long left = redis.ask(r -> r.pttl("pacs:hospital:bytes:local/" + id + "@0+1048576"));
    assertThat(left).isBetween(1L, 3_600_000L);
  }

  @Test
  void givenReadersThatHoldTheHeap_whenOthersCome_thenTheyStreamPastTheCache() throws Exception {
    cache = redis.cache(TestRedis.settings(DataSize.ofBytes(1_200_000)));
    store = cache.over(kept, TENANT, Kind.BYTES);
    List<InputStream> slow = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      ids.add(hotter(i));
    }
    for (String id : ids) {
      slow.add(store.get(id, 0, SIZE));
    }

    assertThat(cache.heldBytes()).isBetween(1_000_000, 1_200_000);
    for (int i = 0; i < slow.size(); i++) {
      assertThat(slow.get(i).readAllBytes()).isEqualTo(bytes(i));
      slow.get(i).close();
      slow.get(i).close();
    }
    assertThat(cache.heldBytes()).isZero();
  }

  private String hotter(int seed) throws Exception {
    String id = hot(bytes(seed));
    Awaitility.await().until(() -> cache.heldBytes() == 0);
    return id;
  }

  @Test
  void givenALoadUnderWay_whenItsBlobIsDeleted_thenItIsNotCachedAndNotServedToLaterReaders()
      throws Exception {
    String id = kept.put(bytes(4));
    kept.shut();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<byte[]> early = threads.submit(() -> read(id));
      Awaitility.await().until(() -> kept.gets.get() == 1);
      cache.forget(CacheKey.archived(TENANT, "local", id));
      Future<byte[]> late = threads.submit(() -> read(id));
      Awaitility.await().until(() -> kept.gets.get() == 2);
      kept.open();

      assertThat(early.get()).isEqualTo(bytes(4));
      assertThat(late.get()).isEqualTo(bytes(4));
    }
    Awaitility.await().until(() -> redis.counted("pacs.cache.writes", "outcome", "deleted") == 2);
    assertThat(redis.keys("*")).containsExactly("pacs:hospital:bytes.gone:local/" + id);
  }

  @Test
  void givenManyPartsOfABlob_whenItIsDeleted_thenAllGo() throws Exception {
    String id = kept.put(bytes(5));
    String other = hot(bytes(6));
    for (int i = 0; i < 50; i++) {
      store.get(id, i * 100, 100).close();
    }
    Awaitility.await().until(() -> redis.counted("pacs.cache.writes", "outcome", "kept") == 51);

    store.delete(id);

    assertThat(redis.keys("*" + id + "@*")).isEmpty();
    assertThat(redis.keys("*" + other + "@*")).hasSize(1);
  }

  @Test
  void givenTwoTenants_whenTheyReadTheSameId_thenNeitherGetsTheOthers() throws Exception {
    WatchedStore second = new WatchedStore(folder.resolve("second"));
    String id = kept.put(bytes(7));
    second.put(id, new ByteArrayInputStream(bytes(8)), SIZE);
    BlobStore theirs = cache.over(second, "other", Kind.BYTES);
    for (int i = 0; i < 3; i++) {
      assertThat(read(id)).isEqualTo(bytes(7));
      assertThat(theirs.get(id, 0, SIZE)).hasBinaryContent(bytes(8));
      awaitCached(id);
    }
    theirs.delete(id);
    assertThat(cache.find(key(id))).isPresent();
  }

  @Test
  void givenASmallValue_whenKept_thenItIsFoundUntilItIsForgotten() {
    CacheKey key = CacheKey.layout(TENANT, UUID.randomUUID());
    cache.keep(key, new byte[] {1, 2, 3});
    Awaitility.await().until(() -> cache.find(key).isPresent());

    assertThat(cache.find(key).orElseThrow()).containsExactly(1, 2, 3);
    cache.forget(key);
    assertThat(cache.find(key)).isEmpty();
    cache.keep(key, new byte[(int) TestRedis.MAX.toBytes() + 1]);
    assertThat(cache.heldBytes()).isZero();
  }

  @Test
  void givenAHit_whenRead_thenItIsOneCommand() throws Exception {
    String id = hot(bytes(10));
    redis.ask(r -> r.configResetstat());
    for (int i = 0; i < 10; i++) {
      read(id);
    }

    String commands = redis.ask(r -> r.info("commandstats"));
    assertThat(commands).contains("cmdstat_getrange:calls=10,");
    assertThat(commands).doesNotContain("eval", "cmdstat_get:", "cmdstat_exists");
  }

  @Test
  void givenARangeBeyondTheEnd_whenRead_thenItIsRefusedAndNothingStays() throws Exception {
    String id = kept.put(bytes(9));

    assertThatThrownBy(() -> store.get(id, 1, SIZE)).isInstanceOf(EOFException.class);
    assertThat(cache.heldBytes()).isZero();
    assertThat(redis.keys("*")).isEmpty();
  }
}
