package org.regionalpacs.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.test.RealServices;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.kafka.core.KafkaTemplate;

class IntakeConfigurationTest {
  @TempDir Path root;

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  KafkaAutoConfiguration.class, ValidationAutoConfiguration.class))
          .withUserConfiguration(RealServices.class, IntakeConfiguration.class);

  @Test
  void givenAService_whenItImportsTheIntake_thenItReceivesBesideItsOwnTemplate() {
    runner
        .withPropertyValues("pacs.online.root=" + root, "pacs.intake.min-free=1MB")
        .run(context -> {
          TestObject object = TestObject.create();
          Received received =
              context.getBean(Intake.class).receive(object.reception(), object.stream());
          assertThat(context.getBean(OnlineStore.class).node())
              .isEqualTo(received.message().node());
          assertThat(context).hasSingleBean(KafkaTemplate.class);
        });
  }

  @Test
  void givenARootThatIsAFile_whenStarted_thenItFailsAtOnceAndSaysWhy() {
    runner
        .withPropertyValues("pacs.online.root=/dev/null/online")
        .run(context ->
            assertThat(context).getFailure().hasStackTraceContaining("pacs.online.root"));
  }

  @Test
  void givenAllMessagesForAnOutboxThatIsOff_whenStarted_thenItIsRefused() {
    runner
        .withPropertyValues(
            "pacs.online.root=" + root, "pacs.intake.outbox=false", "pacs.intake.outbox-first=true")
        .run(context ->
            assertThat(context)
                .getFailure()
                .rootCause()
                .hasMessageContaining("pacs.intake.outbox-first needs the outbox"));
  }

  @Test
  void givenATimeoutOfNothing_whenStarted_thenItIsRefused() {
    runner
        .withPropertyValues("pacs.online.root=" + root, "pacs.intake.publish-timeout=0s")
        .run(context ->
            assertThat(context).getFailure().rootCause().hasMessageContaining("publishTimeout"));
  }
}
