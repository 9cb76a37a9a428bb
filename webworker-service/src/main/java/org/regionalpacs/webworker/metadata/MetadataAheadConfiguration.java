package org.regionalpacs.webworker.metadata;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicLong;
import org.regionalpacs.metadata.DiscardedDocuments;
import org.regionalpacs.metadata.SeriesMetadataService;
import org.regionalpacs.tracing.ImageTraces;
import org.regionalpacs.webworker.job.BackgroundJob;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class MetadataAheadConfiguration {
  private static final int REMOVED_AT_ONCE = 100;

  @Bean
  SeriesClaims seriesClaims(JdbcClient jdbc, MetadataAheadProperties properties) {
    return new SeriesClaims(jdbc, properties);
  }

  @Bean
  MetadataAhead metadataAhead(
      SeriesClaims claims,
      SeriesMetadataService service,
      MeterRegistry meters,
      ImageTraces traces,
      JdbcClient jdbc,
      MetadataAheadProperties properties) {
    return new MetadataAhead(
        claims, service, meters, new SeriesTraces(traces, jdbc), properties.workers());
  }

  @Bean
  BackgroundJob metadataAheadJob(MetadataAhead ahead, MetadataAheadProperties properties) {
    return new BackgroundJob("metadata ahead", properties.poll(), ahead::workOff);
  }

  @Bean
  BackgroundJob claimRenewal(SeriesClaims claims, MetadataAheadProperties properties) {
    return new BackgroundJob("renewal of claims", properties.lease().dividedBy(3), claims::renew);
  }

  @Bean
  BackgroundJob metadataHousekeeping(
      SeriesClaims claims,
      DiscardedDocuments discarded,
      MeterRegistry meters,
      MetadataAheadProperties properties) {
    AtomicLong backlog = new AtomicLong();
    Gauge.builder("pacs.metadata.backlog", backlog, AtomicLong::get)
        .description("Series without an up-to-date metadata document")
        .register(meters);
    return new BackgroundJob(
        "metadata housekeeping",
        properties.housekeeping(),
        () -> {
          backlog.set(claims.backlog());
          claims.forgetOld();
          while (discarded.remove(properties.keepOld(), REMOVED_AT_ONCE) == REMOVED_AT_ONCE
              && !Thread.currentThread().isInterrupted()) {
            // There may be more.
          }
        });
  }
}
