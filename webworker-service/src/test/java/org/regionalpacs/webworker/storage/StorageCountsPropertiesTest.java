package org.regionalpacs.webworker.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class StorageCountsPropertiesTest {
  @Configuration
  @EnableConfigurationProperties(StorageCountsProperties.class)
  static class Settings {}

  private final ApplicationContextRunner context =
      new ApplicationContextRunner().withUserConfiguration(Settings.class);

  @Test
  void givenNoSettings_whenStarted_thenItRestsFiftyTimesAsLongAndFiveSecondsAtLeast() {
    context.run(started ->
        assertThat(started.getBean(StorageCountsProperties.class))
            .isEqualTo(
                new StorageCountsProperties(
                    Duration.ofSeconds(1), Duration.ofSeconds(5), 50, Duration.ofMinutes(1))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"poll=0s", "pause=500ms", "factor=0", "statement-timeout=10ms"})
  void givenASettingThatCantBe_whenStarted_thenItSaysSo(String setting) {
    context
        .withPropertyValues("pacs.storage-counts." + setting)
        .run(started -> assertThat(started).hasFailed());
  }
}
