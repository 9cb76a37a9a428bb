package org.regionalpacs.wado.work;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.regionalpacs.wado.work.Shares.Share;

class SharesTest {
  @Test
  void givenALargeOneWaits_whenASmallOneComes_thenItDoesNotOvertake() {
    Shares shares = new Shares(8, 2);
    Share first = shares.ask(5).orElseThrow();
    Share large = shares.ask(8).orElseThrow();
    Share small = shares.ask(1).orElseThrow();

    assertThat(first.turn()).isDone();
    assertThat(large.turn()).isNotDone();
    assertThat(small.turn()).isNotDone();
    shares.giveBack(large);
    assertThat(small.turn()).isDone();
    shares.giveBack(first);
    shares.giveBack(small);
    assertThat(shares.ask(8).orElseThrow().turn()).isDone();
  }

  @Test
  void givenAsManyWaitAsMay_whenOneMoreComes_thenItIsRefusedAtOnce() {
    Shares shares = new Shares(1, 1);
    Share given = shares.ask(1).orElseThrow();
    Share waiting = shares.ask(1).orElseThrow();

    assertThat(shares.ask(1)).isEmpty();
    assertThat(shares.waiting()).isEqualTo(1);
    shares.giveBack(given);
    assertThat(waiting.turn()).isDone();
    assertThat(shares.ask(1)).isPresent();
  }
}
