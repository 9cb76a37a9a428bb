package org.regionalpacs.storage.fastdfs;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import java.time.Duration;
import org.regionalpacs.index.BlockLists;
import org.regionalpacs.index.PossibleOrphans;
import org.regionalpacs.storage.BlobStore;
import org.regionalpacs.storage.chunked.BlockCleaning;
import org.regionalpacs.storage.chunked.ChunkedBlobStore;
import org.regionalpacs.storage.chunked.ChunkingProperties;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * The archive on FastDFS, large blobs in blocks, with {@code pacs.archive.store=fastdfs}; also
 * where {@code pacs.fastdfs.trackers} say that it was the archive before.
 */
@Configuration(proxyBeanMethods = false)
@Conditional(FastDfsConfiguration.Wanted.class)
@EnableConfigurationProperties({FastDfsProperties.class, ChunkingProperties.class})
public class FastDfsConfiguration {
  /** Name of the store; locations hold it, so it never changes. */
  public static final String FASTDFS = "fastdfs";

  private static final Duration BETWEEN_MOVES = Duration.ofSeconds(5);

  @Bean
  OrphanJournal orphanJournal(
      FastDfsProperties settings, ObjectProvider<PossibleOrphans> database) {
    return DurableOrphans.open(
        FASTDFS, settings.orphans(), orphan -> database.getObject().add(orphan), BETWEEN_MOVES);
  }

  @Bean
  BlockCleaning blockCleaning(@Qualifier(FASTDFS) BlobStore fastDfs, ChunkingProperties chunking) {
    return new BlockCleaning((ChunkedBlobStore) fastDfs, chunking.abandonedAfter());
  }

  /** It is the archive, or was. */
  public static final class Wanted implements Condition {
    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
      Environment settings = context.getEnvironment();
      return FASTDFS.equalsIgnoreCase(settings.getProperty("pacs.archive.store"))
          || Binder.get(settings)
              .bind("pacs.fastdfs.trackers", Bindable.listOf(String.class))
              .map(trackers -> !trackers.isEmpty())
              .orElse(false);
    }
  }

  @Bean
  @Qualifier(FASTDFS)
  BlobStore fastDfsStore(
      FastDfsProperties settings,
      ChunkingProperties chunking,
      OrphanJournal orphans,
      ObjectProvider<BlockLists> lists,
      ObjectProvider<MeterRegistry> meters) {
    BlobStore files =
        FastDfsBlobStore.open(
            FASTDFS, settings, orphans, meters.getIfAvailable(() -> Metrics.globalRegistry));
    return ChunkedBlobStore.open(
        files, chunking.settings(), chunking.journals(), new IndexedBlockLists(FASTDFS, lists));
  }

  @Bean
  HealthIndicator fastDfsHealthIndicator(FastDfsProperties settings) {
    return new FastDfsHealthIndicator(settings);
  }
}
