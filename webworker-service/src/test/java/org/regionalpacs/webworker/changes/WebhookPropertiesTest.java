package org.regionalpacs.webworker.changes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class WebhookPropertiesTest {
  private static final String FIRST = "pacs.webhooks.targets[0].";
  private static final String SECOND = "pacs.webhooks.targets[1].";

  @Configuration
  @EnableConfigurationProperties(WebhookProperties.class)
  static class Settings {}

  private final ApplicationContextRunner context =
      new ApplicationContextRunner().withUserConfiguration(Settings.class);

  @Test
  void givenTargets_whenStarted_thenAllAreKnownAndNoSecretIsShown() {
    context
        .withPropertyValues(
            FIRST + "name=ris",
            FIRST + "url=https://ris.example/hook",
            FIRST + "secret=hidden",
            SECOND + "name=other",
            SECOND + "url=http://127.0.0.1:9/",
            SECOND + "tenant=north")
        .run(started -> {
          WebhookProperties properties = started.getBean(WebhookProperties.class);
          assertThat(properties.targets())
              .extracting(WebhookProperties.Target::name)
              .containsExactly("ris", "other");
          assertThat(properties.toString()).doesNotContain("hidden");
        });
  }

  @Test
  void givenATargetThatCantBe_whenStarted_thenItSaysSo() {
    for (List<String> wrong :
        List.of(
            List.of(FIRST + "name=ris", FIRST + "url=ftp://ris.example/hook"),
            List.of(FIRST + "name=ris", FIRST + "url=/hook"),
            List.of(FIRST + "name=a b", FIRST + "url=https://ris.example/"),
            List.of(FIRST + "url=https://ris.example/"),
            List.of(
                FIRST + "name=ris",
                FIRST + "url=https://ris.example/",
                SECOND + "name=ris",
                SECOND + "url=https://other.example/"))) {
      context
          .withPropertyValues(wrong.toArray(String[]::new))
          .run(started ->
              assertThat(started)
                  .as("%s", wrong)
                  .hasFailed()
                  .getFailure()
                  .hasMessageContaining("pacs.webhooks"));
    }
  }

  @Test
  void givenFailures_whenItRests_thenLongerEachTimeUpToALimit() {
    WebhookProperties properties =
        new WebhookProperties(
            List.of(),
            Duration.ofSeconds(1),
            1,
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofMinutes(1));

    assertThat(properties.restAfter(1)).isEqualTo(Duration.ofSeconds(2));
    assertThat(properties.restAfter(3)).isEqualTo(Duration.ofSeconds(8));
    assertThat(properties.restAfter(1000)).isEqualTo(Duration.ofMinutes(1));
  }
}
