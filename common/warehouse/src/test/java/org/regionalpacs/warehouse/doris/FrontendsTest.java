package org.regionalpacs.warehouse.doris;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrontendsTest {
  private static final URI A = URI.create("http://a:8030");
  private static final URI B = URI.create("http://b:8030");
  private static final URI C = URI.create("http://c:8030");

  private Instant now = Instant.EPOCH;
  private final Frontends frontends =
      new Frontends(List.of(A, B, C), Duration.ofSeconds(10), () -> now);

  @Test
  void givenNoneFailed_whenAsked_thenTheyComeByTurns() {
    assertThat(frontends.inOrder()).containsExactly(A, B, C);
    assertThat(frontends.inOrder()).containsExactly(B, C, A);
    assertThat(frontends.inOrder()).containsExactly(C, A, B);
  }

  @Test
  void givenSomeFailed_whenAsked_thenTheyComeLastAndTheLatestAtTheEnd() {
    frontends.failed(B);
    now = now.plusSeconds(1);
    frontends.failed(A);

    assertThat(frontends.inOrder()).containsExactly(C, B, A);
  }

  @Test
  void givenOneFailed_whenItAnswersOrThePauseIsOver_thenItHasItsTurnAgain() {
    frontends.failed(A);
    frontends.answered(A);
    assertThat(frontends.inOrder()).startsWith(A);

    frontends.failed(B);
    now = now.plusSeconds(11);
    assertThat(frontends.inOrder()).startsWith(B);
  }
}
