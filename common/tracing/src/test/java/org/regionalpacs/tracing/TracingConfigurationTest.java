package org.regionalpacs.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class TracingConfigurationTest {
  private static final UUID IMAGE = UUID.fromString("019a1c2d-3e4f-7a5b-8c6d-7e8f90a1b2c3");

  private final ApplicationContextRunner service =
      new ApplicationContextRunner().withUserConfiguration(TracingConfiguration.class);

  @Test
  void givenNoEndpoint_thenNothingIsFollowed() {
    service.run(
        context -> assertThat(context.getBean(ImageTraces.class)).isSameAs(ImageTraces.NONE));
  }

  @Test
  void givenNoEndpoint_whenAskedForEveryImage_thenNothingIsAllocated() {
    com.sun.management.ThreadMXBean memory =
        (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    ImageTraces traces = ImageTraces.NONE;
    traces.follows(IMAGE);
    int followed = 0;
    long before = memory.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 100_000; i++) {
      followed += traces.follows(IMAGE) ? 1 : 0;
    }
    long allocated = memory.getCurrentThreadAllocatedBytes() - before;

    assertThat(followed).isZero();
    assertThat(allocated).isLessThan(1000);
  }

  @Test
  void givenAProbability_thenAboutThatShareIsFollowed() {
    service
        .withPropertyValues("pacs.tracing.endpoint=http://127.0.0.1:1/v1/traces")
        .run(context -> assertThat(followed(context.getBean(ImageTraces.class))).isBetween(1, 50));
    service
        .withPropertyValues(
            "pacs.tracing.endpoint=http://127.0.0.1:1/v1/traces", "pacs.tracing.probability=1")
        .run(context -> assertThat(followed(context.getBean(ImageTraces.class))).isEqualTo(2000));
  }

  private static int followed(ImageTraces traces) {
    int followed = 0;
    for (int i = 0; i < 2000; i++) {
      followed += traces.follows(UUID.randomUUID()) ? 1 : 0;
    }
    return followed;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pacs.tracing.endpoint=collector:4318",
        "pacs.tracing.probability=1.5",
        "pacs.tracing.probability=-1"
      })
  void givenASettingThatCanNotBe_thenTheServiceDoesNotStart(String setting) {
    service.withPropertyValues(setting).run(context -> assertThat(context).hasFailed());
  }
}
