package org.regionalpacs.storage.fastdfs;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import org.regionalpacs.storage.BlobStore;
import org.regionalpacs.storage.chunked.ChunkedBlobStore;
import org.regionalpacs.storage.chunked.ChunkingProperties;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** The archive on FastDFS, large blobs in blocks, with {@code pacs.archive.store=fastdfs}. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "pacs.archive.store", havingValue = FastDfsConfiguration.FASTDFS)
@EnableConfigurationProperties({FastDfsProperties.class, ChunkingProperties.class})
public class FastDfsConfiguration {
  /** Name of the store; locations hold it, so it never changes. */
  public static final String FASTDFS = "fastdfs";

  private static final int ORPHANS = 10_000;

  @Bean
  OrphanJournal orphanJournal() {
    return new LoggedOrphans(ORPHANS);
  }

  @Bean
  @Primary
  BlobStore archiveStore(
      FastDfsProperties settings,
      ChunkingProperties chunking,
      OrphanJournal orphans,
      ObjectProvider<MeterRegistry> meters) {
    BlobStore files =
        FastDfsBlobStore.open(
            FASTDFS, settings, orphans, meters.getIfAvailable(() -> Metrics.globalRegistry));
    return ChunkedBlobStore.open(files, chunking.settings(), chunking.journals());
  }

  @Bean
  HealthIndicator fastDfsHealthIndicator(FastDfsProperties settings) {
    return new FastDfsHealthIndicator(settings);
  }
}
