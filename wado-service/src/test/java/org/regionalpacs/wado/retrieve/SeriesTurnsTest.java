package org.regionalpacs.wado.retrieve;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.regionalpacs.metadata.SeriesKey;

class SeriesTurnsTest {
  private static final SeriesKey SERIES = new SeriesKey("default", "1.2", "1.2.3");

  private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1);
  private final SeriesTurns turns = new SeriesTurns(clock::get);

  @Test
  void givenManyAtTheSameTime_thenOneHasTheTurnAndTheNextComesLater() {
    assertThat(turns.take(SERIES)).isTrue();
    assertThat(turns.take(SERIES)).as("in the same nanosecond").isFalse();
    pass(Duration.ofMillis(499));
    assertThat(IntStream.range(0, 100)).noneMatch(_ -> turns.take(SERIES));
    assertThat(turns.take(new SeriesKey("default", "1.2", "1.2.4"))).isTrue();
    assertThat(turns.take(new SeriesKey("another", "1.2", "1.2.3"))).isTrue();
    pass(Duration.ofMillis(1));
    assertThat(turns.take(SERIES)).isTrue();
  }

  @Test
  void givenAnIndexThatTookLong_thenItsSeriesRestsTenTimesAsLong() {
    turns.take(SERIES);
    pass(Duration.ofSeconds(3));
    turns.took(SERIES, Duration.ofSeconds(3).toNanos());

    pass(Duration.ofSeconds(29));
    assertThat(turns.take(SERIES)).isFalse();
    pass(Duration.ofSeconds(1));
    assertThat(turns.take(SERIES)).isTrue();
  }

  @Test
  void givenAnIndexThatTookNoTime_thenItsSeriesRestsAllTheSame() {
    turns.took(SERIES, 1);

    pass(Duration.ofMillis(499));
    assertThat(turns.take(SERIES)).isFalse();
    pass(Duration.ofMillis(1));
    assertThat(turns.take(SERIES)).isTrue();
  }

  @Test
  void givenAnIndexThatThereIsNoRoomFor_thenItIsLeftAloneForTenMinutes() {
    turns.take(SERIES);
    turns.tooLarge(SERIES);

    pass(Duration.ofMinutes(10).minusSeconds(1));
    assertThat(turns.take(SERIES)).isFalse();
    pass(Duration.ofSeconds(1));
    assertThat(turns.take(SERIES)).isTrue();
  }

  private void pass(Duration time) {
    clock.addAndGet(time.toNanos());
  }
}
