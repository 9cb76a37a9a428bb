package org.regionalpacs.wado.prefetch;

import io.micrometer.core.instrument.MeterRegistry;
import org.regionalpacs.index.InstanceObjects;
import org.regionalpacs.index.StudyReads;
import org.regionalpacs.security.Tenants;
import org.regionalpacs.storage.OnlineFiles;
import org.regionalpacs.storage.OtherNodes;
import org.regionalpacs.storage.cached.HotObjects;
import org.regionalpacs.wado.retrieve.FrameIndexes;
import org.regionalpacs.wado.retrieve.FrameLayouts;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.function.SingletonSupplier;

@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "pacs.prefetch.enabled", havingValue = "true", matchIfMissing = true)
@EnableConfigurationProperties(PrefetchProperties.class)
class PrefetchConfiguration {

  @Bean
  PrefetchMetrics prefetchMetrics(MeterRegistry meters) {
    return new PrefetchMetrics(meters);
  }

  @Bean
  StudyPrefetch studyPrefetch(
      JdbcClient jdbc,
      StudyReads reads,
      OnlineFiles online,
      ObjectProvider<OtherNodes> others,
      InstanceObjects instances,
      FrameIndexes indexes,
      HotObjects hot,
      FrameLayouts layouts,
      PrefetchMetrics metrics,
      PrefetchProperties properties) {
    return new StudyPrefetch(
        new StudyPlaces(jdbc, reads, online, others.getIfAvailable(() -> OtherNodes.NONE)),
        instances,
        indexes,
        new ObjectsAhead(hot, layouts, metrics),
        properties);
  }

  @Bean
  Prefetches prefetches(
      StudyPrefetch work, PrefetchProperties properties, PrefetchMetrics metrics) {
    return new Prefetches(work, properties, metrics);
  }

  /**
   * Filters are made together with the web server, before everything else: what this one needs
   * (database, cache) is left until the first request.
   */
  @Bean
  OpenedStudiesFilter openedStudiesFilter(ObjectProvider<Prefetches> prefetches, Tenants tenants) {
    return new OpenedStudiesFilter(SingletonSupplier.of(prefetches::getObject), tenants);
  }
}
