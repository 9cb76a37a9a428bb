package org.regionalpacs.storage.cached;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import java.util.Optional;
import org.regionalpacs.storage.StoredObjects;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Gives a service {@link HotObjects} and, unless {@code pacs.cache.enabled} is off, the {@link
 * HotCache}; import it beside the stores.
 */
@Configuration(proxyBeanMethods = false)
public class CacheConfiguration {

  @Bean
  HotObjects hotObjects(StoredObjects objects, ObjectProvider<HotCache> cache) {
    return new HotObjects(objects, Optional.ofNullable(cache.getIfAvailable()));
  }

  /** With Redis. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnProperty(name = "pacs.cache.enabled", havingValue = "true", matchIfMissing = true)
  @EnableConfigurationProperties({CacheProperties.class, RedisAddress.class})
  static class On {
    @Bean
    HotCache hotCache(
        RedisAddress address, CacheProperties settings, ObjectProvider<MeterRegistry> meters) {
      return HotCache.open(address, settings, meters.getIfAvailable(() -> Metrics.globalRegistry));
    }

    @Bean
    HealthIndicator cacheHealthIndicator(HotCache cache) {
      return new CacheHealthIndicator(cache);
    }
  }
}
