package org.regionalpacs.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CpuMeterTest {
  @Test
  void givenALineOfTheKernel_whenRead_thenTimesAreThoseOfProc5AndNamesMayHaveParentheses() {
    ProcessStat stat =
        ProcessStat.parse(
            "42 (a (b) c) S 1 42 42 0 -1 4194560 9 8 7 6 250 50 300 25 20 0 1 0 12345 6789");
    assertThat(stat.name()).isEqualTo("a (b) c");
    assertThat(stat.own()).isEqualTo(new CpuTime(2.5, 0.5));
    assertThat(stat.reaped()).isEqualTo(new CpuTime(3, 0.25));
  }

  @Test
  void givenAProcessWhoseChildHasEnded_whenMeasured_thenItsChildsTimeIsInIt() throws Exception {
    Process shell =
        new ProcessBuilder(
                "sh", "-c", "sh -c 'i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done'; echo; cat")
            .start();
    try (BufferedReader output = shell.inputReader()) {
      output.readLine();
      // A child is called like its parent until it has become a program of its own.
      await()
          .untilAsserted(() -> {
            CpuTimes times = CpuMeter.of(shell.pid()).now();
            assertThat(times.byKind()).containsKeys("sh", "cat");
            assertThat(times.all().total()).isPositive();
          });
    } finally {
      shell.descendants().forEach(ProcessHandle::destroy);
      shell.destroy();
    }
  }

  @Test
  void givenTwoLooks_whenSubtracted_thenANewKindCountsFromNothing() {
    CpuTimes before = new CpuTimes(Map.of("a", new CpuTime(1, 1)));
    CpuTimes after = new CpuTimes(Map.of("a", new CpuTime(3, 1), "b", new CpuTime(0, 4)));
    CpuTimes used = after.since(before);
    assertThat(used.byKind()).isEqualTo(Map.of("a", new CpuTime(2, 0), "b", new CpuTime(0, 4)));
    assertThat(used.all()).isEqualTo(new CpuTime(2, 4));
  }

  @Test
  void givenAProcessThatHasEnded_whenMeasured_thenItUsedNothing() throws Exception {
    Process ended = new ProcessBuilder("true").start();
    ended.waitFor();
    assertThat(CpuMeter.of(ended.pid()).now().byKind()).isEmpty();
  }
}
