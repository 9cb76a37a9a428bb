package org.regionalpacs.consumer.loader;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class LoaderPropertiesTest {
  @Configuration(proxyBeanMethods = false)
  @EnableConfigurationProperties(LoaderProperties.class)
  static class Settings {}

  private final ApplicationContextRunner context =
      new ApplicationContextRunner().withUserConfiguration(Settings.class);

  @Test
  void givenNoSettings_whenStarted_thenTheDefaultsHold() {
    context.run(started ->
        assertThat(started.getBean(LoaderProperties.class))
            .hasToString(
                "LoaderProperties[enabled=true, consumers=1, rows=5000, bytes=8388608B,"
                    + " age=PT3S, parallel=2, finish=PT5S]"));
  }

  @ParameterizedTest
  @CsvSource({
    "consumers, 0",
    "rows, 0",
    "rows, 1000001",
    "bytes, 1023B",
    "bytes, 257MB",
    "age, 0s",
    "age, 11m",
    "parallel, 0",
    "finish, 2m",
    "finish, -1s"
  })
  void givenASettingOutOfItsRange_whenStarted_thenItFails(String key, String value) {
    context
        .withPropertyValues("pacs.loader." + key + "=" + value)
        .run(started -> assertThat(started).hasFailed());
  }
}
