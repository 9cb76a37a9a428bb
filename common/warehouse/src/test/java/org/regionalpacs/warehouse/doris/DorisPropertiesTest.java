package org.regionalpacs.warehouse.doris;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class DorisPropertiesTest {
  private final ApplicationContextRunner context =
      new ApplicationContextRunner()
          .withUserConfiguration(Settings.class)
          .withPropertyValues(
              "pacs.warehouse.doris.frontends=http://fe1:8030,http://fe2:8030",
              "pacs.warehouse.doris.user=loader",
              "pacs.warehouse.doris.password=secret");

  @EnableConfigurationProperties(DorisProperties.class)
  static class Settings {}

  @Test
  void givenWhatIsNeeded_whenBound_thenTheRestHasDefaults() {
    context.run(it -> {
      DorisProperties settings = it.getBean(DorisProperties.class);
      assertThat(settings.frontends())
          .isEqualTo(List.of(URI.create("http://fe1:8030"), URI.create("http://fe2:8030")));
      assertThat(settings.queryPort()).isEqualTo(9030);
      assertThat(settings.database()).isEqualTo("pacs");
      assertThat(settings.loadTimeout()).isEqualTo(Duration.ofMinutes(2));
      assertThat(settings.gzip()).isTrue();
      assertThat(settings.toString()).contains("fe1").doesNotContain("secret");
    });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "frontends=",
        "frontends=ftp://fe1:8030",
        "frontends=http://user@fe1:8030",
        "frontends=http://fe1:8030/api",
        "frontends=fe1",
        "user=",
        "database=pacs; drop",
        "query-port=0",
        "connections=0",
        "load-timeout=0s",
        "query-timeout=1d"
      })
  void givenASettingThatIsWrong_whenBound_thenTheStartFails(String setting) {
    context
        .withPropertyValues("pacs.warehouse.doris." + setting)
        .run(it -> assertThat(it).hasFailed());
  }
}
