package org.regionalpacs.bench;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.regionalpacs.embedded.EmbeddedServerException;
import org.regionalpacs.embedded.RedisServer;
import org.regionalpacs.embedded.RedisSettings;
import org.regionalpacs.storage.BlobStore;
import org.regionalpacs.storage.LocalBlobStore;
import org.regionalpacs.storage.cached.CacheKey;
import org.regionalpacs.storage.cached.CacheProperties;
import org.regionalpacs.storage.cached.HotCache;
import org.regionalpacs.storage.cached.RedisAddress;
import org.regionalpacs.storage.chunked.ChunkedBlobStore;
import org.regionalpacs.storage.chunked.ChunkingProperties;
import org.regionalpacs.storage.fastdfs.FastDfsBlobStore;
import org.regionalpacs.storage.fastdfs.FastDfsProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/**
 * The stores that are compared, with the product's defaults.
 *
 * @param plain FastDFS, each blob a file
 * @param blocks FastDFS, large blobs in blocks
 * @param redis the same, read through Redis and nothing nearer
 * @param cached the same, read by the hot cache as the product has it
 * @param local a folder
 */
record BlobStores(
    BlobStore plain,
    BlobStore blocks,
    BlobStore redis,
    BlobStore cached,
    BlobStore local,
    List<AutoCloseable> engines)
    implements AutoCloseable {

  static BlobStores open(Path folder, List<String> trackers)
      throws IOException, EmbeddedServerException {
    FastDfsProperties settings =
        bind(
            "pacs.fastdfs",
            FastDfsProperties.class,
            Map.of(
                "pacs.fastdfs.trackers",
                String.join(",", trackers),
                "pacs.fastdfs.spool",
                folder.resolve("spool").toString()));
    ChunkingProperties chunking = bind("pacs.blocks", ChunkingProperties.class, Map.of());
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    BlobStore plain = FastDfsBlobStore.open("fastdfs", settings, new Orphans(), meters);
    BlobStore blocks =
        ChunkedBlobStore.open(plain, chunking.settings(), folder.resolve("journals"));
    RedisServer redis =
        RedisServer.start(RedisSettings.in(Files.createDirectories(folder.resolve("redis"))));
    RedisAddress address = RedisAddress.of("127.0.0.1", redis.port());
    HotCache far =
        HotCache.open(
            address,
            bind("pacs.cache", CacheProperties.class, Map.of("pacs.cache.near", "0B")),
            meters);
    HotCache cache = HotCache.open(address, CacheProperties.defaults(), new SimpleMeterRegistry());
    return new BlobStores(
        plain,
        blocks,
        far.over(blocks, "bench", CacheKey.Kind.BYTES),
        cache.over(blocks, "bench", CacheKey.Kind.BYTES),
        LocalBlobStore.open("local", folder.resolve("local")),
        List.of(cache, far, redis));
  }

  private static <T> T bind(String prefix, Class<T> type, Map<String, String> set) {
    return new Binder(new MapConfigurationPropertySource(set)).bindOrCreate(prefix, type);
  }

  @Override
  public void close() throws IOException {
    for (AutoCloseable engine : engines) {
      try {
        engine.close();
      } catch (Exception e) {
        throw new IOException(e);
      }
    }
  }
}
