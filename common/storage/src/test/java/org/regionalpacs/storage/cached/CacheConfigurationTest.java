package org.regionalpacs.storage.cached;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.regionalpacs.storage.BlobStore;
import org.regionalpacs.storage.StorageConfiguration;
import org.regionalpacs.test.RealServices;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class CacheConfigurationTest {
  @TempDir Path folder;
  private ApplicationContextRunner context;

  @BeforeEach
  void prepare() {
    context =
        new ApplicationContextRunner()
            .withUserConfiguration(StorageConfiguration.class, CacheConfiguration.class)
            .withPropertyValues(
                "pacs.online.root=" + folder.resolve("online"),
                "pacs.archive.root=" + folder.resolve("archive"),
                "pacs.derived.root=" + folder.resolve("derived"),
                "spring.data.redis.port=" + RealServices.redisPort());
  }

  @Test
  void givenNoSettings_whenStarted_thenItIsConnectedAndHealthy() {
    context.run(started -> {
      HotCache cache = started.getBean(HotCache.class);
      TestRedis.awaitUp(cache);
      Awaitility.await()
          .untilAsserted(() ->
              assertThat(
                      started
                          .getBean("cacheHealthIndicator", HealthIndicator.class)
                          .health()
                          .getStatus()
                          .getCode())
                  .isEqualTo("UP"));
      assertThat(started.getBean(CacheProperties.class)).isEqualTo(CacheProperties.defaults());
      BlobStore store = started.getBean(BlobStore.class);
      assertThat(cache.overDocuments(store, "t")).isInstanceOf(CachedBlobStore.class);
    });
  }

  @Test
  void givenItIsSwitchedOff_whenStarted_thenObjectsAreReadWithoutIt() {
    context
        .withPropertyValues("pacs.cache.enabled=false")
        .run(started -> {
          assertThat(started).doesNotHaveBean(HotCache.class);
          assertThat(started).doesNotHaveBean(HealthIndicator.class);
          assertThat(started).hasSingleBean(HotObjects.class);
        });
  }

  @Test
  void givenDocumentsAreNotCached_thenTheirStoreIsUsedAsItIs() {
    context
        .withPropertyValues("pacs.cache.metadata=false")
        .run(started -> {
          BlobStore store = started.getBean(BlobStore.class);
          assertThat(started.getBean(HotCache.class).overDocuments(store, "t")).isSameAs(store);
        });
  }

  @Test
  void givenRedisIsNowhere_whenStarted_thenTheServiceStartsDegraded() {
    context
        .withPropertyValues("spring.data.redis.port=1")
        .run(started -> {
          assertThat(started).hasNotFailed();
          assertThat(
                  started
                      .getBean("cacheHealthIndicator", HealthIndicator.class)
                      .health()
                      .getStatus()
                      .getCode())
              .isEqualTo("DEGRADED");
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pacs.cache.max-value=0B",
        "pacs.cache.max-value=300MB",
        "pacs.cache.heap=1MB",
        "pacs.cache.ttl=0s",
        "pacs.cache.timeout=1m",
        "pacs.cache.pause=0s",
        "spring.data.redis.host=",
        "spring.data.redis.port=0"
      })
  void givenAWrongSetting_whenStarted_thenItIsRefused(String setting) {
    context
        .withPropertyValues(setting)
        .run(started -> assertThat(started).as(List.of(setting).toString()).hasFailed());
  }
}
