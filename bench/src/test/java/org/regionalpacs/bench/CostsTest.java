package org.regionalpacs.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CostsTest {
  @Test
  void givenTurns_whenShown_thenEachProcessHasItsTimeAnOperation() {
    Costs costs = new Costs();
    for (double factor : new double[] {1, 3, 2}) {
      costs.add("image", new Idle(), 1000, turn(factor));
    }
    // Of the second longest turn: 2 x (3 + 1 + 1) s for 1000 images; 0.2 s of the others in 10 s.
    assertThat(costs.table())
        .endsWith(
            "| image | idle | 10.000 | Kafka 2.000 + 0.000, services 6.000 + 2.000 | 1.000 | 2.00 |\n");
  }

  private static Turn turn(double factor) {
    CpuTimes own =
        new CpuTimes(
            Map.of(
                "services",
                new CpuTime(3 * factor, factor),
                "Kafka",
                new CpuTime(factor, 0),
                "redis-server",
                CpuTime.NONE));
    return new Turn(10, own, new CpuTime(0.5 * factor, 0), new CpuTime(0.1 * factor, 0));
  }

  private record Idle() implements Contender {
    @Override
    public String name() {
      return "idle";
    }

    @Override
    public List<String> setting() {
      return List.of();
    }

    @Override
    public CpuMeter cpu() {
      return CpuMeter.of();
    }

    @Override
    public void close() {}
  }
}
