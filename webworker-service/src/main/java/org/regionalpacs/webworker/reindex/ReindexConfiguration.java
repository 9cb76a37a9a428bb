package org.regionalpacs.webworker.reindex;

import io.micrometer.core.instrument.MeterRegistry;
import org.regionalpacs.index.InstanceObjects;
import org.regionalpacs.index.QueryTagIndexing;
import org.regionalpacs.index.QueryTagWriter;
import org.regionalpacs.index.QueryTags;
import org.regionalpacs.security.TenantCharsets;
import org.regionalpacs.storage.StoredObjects;
import org.regionalpacs.webworker.job.BackgroundJob;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ReindexConfiguration {

  @Bean
  Reindexing reindexing(
      QueryTags tags,
      QueryTagIndexing indexing,
      QueryTagWriter writer,
      InstanceObjects instances,
      StoredObjects objects,
      TenantCharsets charsets,
      ReindexProperties properties,
      MeterRegistry meters) {
    SeriesReading reading =
        new SeriesReading(
            instances,
            writer,
            new StoredHeader(objects, charsets),
            new Pace(properties.rate()),
            properties.slice());
    return new Reindexing(tags, indexing, reading, properties, meters);
  }

  @Bean
  BackgroundJob reindexingJob(Reindexing reindexing, ReindexProperties properties) {
    return new BackgroundJob("reading for query tags", properties.poll(), reindexing::workOff);
  }
}
