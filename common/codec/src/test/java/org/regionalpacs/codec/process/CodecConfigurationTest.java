package org.regionalpacs.codec.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.regionalpacs.codec.ForeignCodecs;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

class CodecConfigurationTest {
  private final ApplicationContextRunner context =
      new ApplicationContextRunner().withUserConfiguration(CodecConfiguration.class);

  /** Waits longer than health does, lest a busy machine is too slow for it. */
  private static Health health(ApplicationContext from) {
    from.getBean(CodecProcesses.class).availability(Duration.ofSeconds(60));
    return from.getBean("codecsHealthIndicator", HealthIndicator.class).health();
  }

  @Test
  void givenBothLibraries_thenHealthIsUpAndSaysTheirVersions() {
    assumeTrue(KnownLibraries.complete(ForeignCodecs.availability()));
    context.run(from -> {
      assertThat(from.getBean(CodecProperties.class)).isEqualTo(CodecProperties.defaults());
      assertThat(from.getBean(CodecProcesses.class).pids()).isEmpty();
      assertThat(health(from).getStatus()).isEqualTo(Status.UP);
      assertThat(health(from).getDetails()).containsOnlyKeys("CharLS", "OpenJPEG");
    });
  }

  @Test
  void givenALibraryIsMissing_thenHealthIsDegradedAndNamesThePackage() {
    context
        .withPropertyValues("pacs.codec.openjpeg=libnothing.so.7")
        .run(from -> {
          assertThat(health(from).getStatus()).isEqualTo(new Status("DEGRADED"));
          assertThat((Map<String, Object>) health(from).getDetails())
              .containsEntry(
                  "OpenJPEG", "libnothing.so.7 isn't installed; install the package libopenjp2-7");
        });
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "pacs.codec.processes=-1",
        "pacs.codec.memory=63MB",
        "pacs.codec.memory=65GB",
        "pacs.codec.max-time=0s",
        "pacs.codec.max-wait=0s",
        "pacs.codec.max-waiting=-1",
        "pacs.codec.idle=0s",
        "pacs.codec.charls="
      })
  void givenASettingThatCanNotBe_thenTheServiceDoesNotStart(String setting) {
    context.withPropertyValues(setting).run(from -> assertThat(from).hasFailed());
  }
}
