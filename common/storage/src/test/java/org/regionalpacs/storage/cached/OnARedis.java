package org.regionalpacs.storage.cached;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.storage.BlobStore;
import org.regionalpacs.storage.cached.CacheKey.Kind;

/** A store behind a cache on a Redis that things are done to. */
abstract class OnARedis {
  static final String TENANT = "hospital";
  static final int SIZE = 100_000;

  @TempDir Path folder;
  TestRedis redis;
  WatchedStore kept;
  HotCache cache;
  BlobStore store;

  @BeforeEach
  void start() throws Exception {
    redis = TestRedis.start(folder.resolve("redis"));
    kept = new WatchedStore(folder.resolve("store"));
    cache = redis.cache();
    store = cache.over(kept, TENANT, Kind.BYTES);
  }

  @AfterEach
  void stop() throws Exception {
    redis.close();
  }

  static byte[] bytes(int seed) {
    byte[] bytes = new byte[SIZE];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  byte[] read(String id) throws IOException {
    try (InputStream in = store.get(id, 0, SIZE)) {
      return in.readAllBytes();
    }
  }

  CacheKey key(String id) {
    return CacheKey.archived(TENANT, "local", id).range(0, SIZE);
  }

  /** A blob that is in Redis. */
  String hot(byte[] content) throws IOException {
    String id = kept.put(content);
    read(id);
    awaitCached(id);
    return id;
  }

  void awaitCached(String id) {
    Awaitility.await().until(() -> cache.find(key(id)).isPresent());
  }
}
