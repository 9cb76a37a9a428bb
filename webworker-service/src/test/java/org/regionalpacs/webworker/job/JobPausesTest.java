package org.regionalpacs.webworker.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JobPausesTest {
  @Test
  void givenAJobThatFailsAgainAndAgain_thenEachPauseIsTwiceTheLastUpToItsInterval() {
    JobPauses pauses = new JobPauses(Duration.ofMinutes(1));

    assertThat(failures(pauses, 6))
        .extracting(Duration::toSeconds)
        .containsExactly(5L, 10L, 20L, 40L, 60L, 60L);
  }

  @Test
  void givenAJobThatWorkedInBetween_whenItFails_thenItIsTriedAgainAsSoonAsTheFirstTime() {
    JobPauses pauses = new JobPauses(Duration.ofHours(1));
    failures(pauses, 3);

    assertThat(pauses.afterSuccess()).isEqualTo(Duration.ofHours(1));

    assertThat(failures(pauses, 2)).containsExactly(Duration.ofSeconds(5), Duration.ofSeconds(10));
  }

  @Test
  void givenAJobOfEverySecond_whenItFails_thenItIsTriedAgainEverySecond() {
    assertThat(failures(new JobPauses(Duration.ofSeconds(1)), 3))
        .containsOnly(Duration.ofSeconds(1));
  }

  private static List<Duration> failures(JobPauses pauses, int count) {
    return Stream.generate(pauses::afterFailure).limit(count).toList();
  }
}
