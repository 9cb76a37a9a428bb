package org.regionalpacs.webworker.reindex;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {

  @Test
  void givenARate_whenStepped_thenNotFaster() throws InterruptedException {
    Pace pace = new Pace(100);
    long start = System.nanoTime();
    for (int i = 0; i < 21; i++) {
      pace.step();
    }

    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(200_000_000L);
  }
}
