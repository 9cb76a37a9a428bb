package org.regionalpacs.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServiceMemoryTest {
  @Test
  void givenMetrics_whenRead_thenWhatIsUsedOfTheHeapIsSummedUp() {
    String metrics =
        """
        # HELP jvm_memory_used_bytes The amount of used memory
        jvm_memory_used_bytes{area="heap",id="Eden Space"} 1.5E7
        jvm_memory_used_bytes{area="nonheap",id="Metaspace"} 9.9E7
        jvm_memory_used_bytes{application="wado",area="heap",id="Tenured Gen"} 500
        jvm_memory_max_bytes{area="heap",id="Eden Space"} 3.0E8
        """;
    assertThat(ServiceMemory.heap(metrics)).isEqualTo(15_000_500);
  }
}
