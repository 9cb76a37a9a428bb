package org.regionalpacs.webworker.counts;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class CountsConfigurationTest {
  private final Counter counted = new SimpleMeterRegistry().counter("counted");

  @Test
  void givenMoreSeriesThanABatch_whenCounted_thenAllAreInOneTurn() {
    Iterator<Integer> batches = List.of(200, 200, 7).iterator();

    CountsConfiguration.countAll(_ -> batches.next(), 200, counted);

    assertThat(counted.count()).isEqualTo(407);
  }

  /** A study that is arriving has changed again whenever it was counted. */
  @Test
  void givenSeriesThatGoOnChanging_whenCounted_thenOnceInATurn() {
    CountsConfiguration.countAll(_ -> counted.count() < 100 ? 4 : 0, 200, counted);

    assertThat(counted.count()).isEqualTo(4);
  }
}
