package org.regionalpacs.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

class ExternalToolTest {
  @Test
  void givenAProgramThatEnds_thenItsStatusAndOutputAreThere() {
    ExternalTool.Outcome outcome =
        ExternalTool.named("sh").run("-c", "echo out; echo err >&2; exit 3");

    assertThat(outcome.code()).isEqualTo(3);
    assertThat(outcome.output()).contains("out", "err");
  }

  @Test
  void givenAProgramThatHangs_thenTheTestFails() {
    ExternalTool sleep = ExternalTool.named("sleep").within(Duration.ofMillis(100));

    assertThatThrownBy(() -> sleep.run("60")).isInstanceOf(AssertionError.class);
  }

  @Test
  void givenAProgramThatIsNotInstalled_thenTheTestIsSkippedWithTheReason() {
    assertThatThrownBy(() -> ExternalTool.named("no-such-program"))
        .isInstanceOf(TestAbortedException.class)
        .hasMessageContaining("no-such-program isn't installed");
  }
}
