package org.regionalpacs.wado.retrieve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InterruptedIOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompressingTurnsTest {
  @AfterEach
  void nobodyIsInterrupted() {
    Thread.interrupted();
  }

  @ParameterizedTest(name = "{0} processors: {1} turns, {2} of them for gzip")
  @CsvSource({"1, 1, 1", "2, 1, 1", "3, 2, 1", "4, 3, 2", "16, 15, 8"})
  void givenProcessors_thenOneIsLeftAndGzipHasHalfOfThem(int processors, int most, int gzip) {
    CompressingTurns turns = new CompressingTurns(processors);

    assertThat(taken(turns, AnswerCoding.GZIP)).isEqualTo(gzip);
    assertThat(taken(turns, AnswerCoding.ZSTD)).isEqualTo(most - gzip);

    for (int i = 0; i < gzip; i++) {
      turns.end(AnswerCoding.GZIP);
    }
    for (int i = 0; i < most - gzip; i++) {
      turns.end(AnswerCoding.ZSTD);
    }
    assertThat(turns.isIdle()).isTrue();
  }

  private static int taken(CompressingTurns turns, AnswerCoding coding) {
    int taken = 0;
    while (turns.now(coding)) {
      taken++;
    }
    return taken;
  }

  @Test
  void givenNoTurnLeft_whenSomebodyWhoWaitsIsInterrupted_thenNothingIsLost() {
    CompressingTurns turns = new CompressingTurns(2);
    assertThat(turns.now(AnswerCoding.ZSTD)).isTrue();

    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> turns.await(AnswerCoding.GZIP))
        .isInstanceOf(InterruptedIOException.class);

    turns.end(AnswerCoding.ZSTD);
    assertThat(turns.isIdle()).isTrue();
  }
}
