package org.regionalpacs.storage.cached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.regionalpacs.storage.BlobMissingException;
import org.regionalpacs.storage.BlobStore;
import org.regionalpacs.storage.BlobStoreContract;
import org.regionalpacs.storage.cached.CacheKey.Kind;
import org.regionalpacs.test.RealServices;

/** The contract through the cache, and that ranges really come from there. */
abstract class CachedBlobStoreContract extends BlobStoreContract {
  private static HotCache cache;

  private final String tenant = "t" + UUID.randomUUID();

  @BeforeAll
  static void connect() {
    cache =
        HotCache.open(
            RedisAddress.of("127.0.0.1", RealServices.redisPort()),
            CacheProperties.defaults(),
            new SimpleMeterRegistry());
    TestRedis.awaitUp(cache);
  }

  @AfterAll
  static void disconnect() {
    cache.close();
  }

  /** The store below. */
  abstract BlobStore kept();

  @Override
  protected final BlobStore store() {
    return cache.over(kept(), tenant, Kind.BYTES);
  }

  private byte[] read(BlobStore store, String id, long offset, long length) throws IOException {
    try (InputStream in = store.get(id, offset, length)) {
      return in.readAllBytes();
    }
  }

  @Test
  void givenARangeThatWasRead_whenReadAgain_thenTheStoreIsNotAskedAndADeleteEndsIt()
      throws IOException {
    byte[] content = new byte[500_000];
    new Random(1).nextBytes(content);
    String id = store().put("a/b", new ByteArrayInputStream(content), content.length).id();
    CacheKey key = CacheKey.archived(tenant, kept().name(), id).range(1000, 300_000);
    byte[] wanted = Arrays.copyOfRange(content, 1000, 301_000);

    assertThat(read(store(), id, 1000, 300_000)).isEqualTo(wanted);
    Awaitility.await().until(() -> cache.find(key).isPresent());
    kept().delete(id);
    assertThat(read(store(), id, 1000, 300_000)).isEqualTo(wanted);
    store().delete(id);

    assertThatThrownBy(() -> read(store(), id, 1000, 300_000))
        .isInstanceOf(BlobMissingException.class);
    assertThat(cache.find(key)).isEmpty();
  }

  @Test
  void givenACachedBlob_whenItsDigestIsAsked_thenTheStoreIsRead() throws IOException {
    String id = store().put("a/c", new ByteArrayInputStream(new byte[1000]), 1000).id();
    CacheKey key = CacheKey.archived(tenant, kept().name(), id).range(0, 1000);
    read(store(), id, 0, 1000);
    Awaitility.await().until(() -> cache.find(key).isPresent());
    kept().delete(id);

    assertThatThrownBy(() -> store().digest(id)).isInstanceOf(BlobMissingException.class);
    assertThat(store().stat(id)).isEmpty();
  }
}
