package org.regionalpacs.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class LatenciesTest {
  @Test
  void givenThoseOfSeveralClients_whenPutTogether_thenPercentilesAreThoseOfAll() {
    Latencies odd = new Latencies();
    Latencies even = new Latencies();
    for (int millis = 2000; millis > 0; millis--) {
      (millis % 2 == 0 ? even : odd).add(millis * 1_000_000L);
    }
    Latencies all = Latencies.of(List.of(odd, even));
    assertThat(all.count()).isEqualTo(2000);
    assertThat(all.percentile(0)).isEqualTo(1);
    assertThat(all.percentile(50)).isEqualTo(1000);
    assertThat(all.percentile(95)).isEqualTo(1900);
    assertThat(all.percentile(100)).isEqualTo(2000);
  }

  @Test
  void givenNoAnswer_whenAsked_thenItFails() {
    assertThatThrownBy(() -> new Latencies().percentile(50))
        .isInstanceOf(IllegalStateException.class);
  }
}
