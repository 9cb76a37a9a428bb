package org.regionalpacs.webworker.eviction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When room is to be made, and how much. */
class FreeMarkTest {

  @ParameterizedTest
  @CsvSource({"10%, 100", "0%, 0", " 99 %, 990", "5B, 5", "1KB, 1024"})
  void givenAMark_whenAskedForAVolumeOfAThousand_thenSoManyBytes(String mark, long bytes) {
    assertThat(FreeMark.valueOf(mark).of(1000)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"100%", "-1%", "-5GB", "much", "10 %%", ""})
  void givenNoMark_whenRead_thenItIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> FreeMark.valueOf(text));
  }

  @ParameterizedTest
  @CsvSource({
    // low, target, free of 1000, wanted
    "10%, 15%, 100, 0",
    "10%, 15%, 99, 51",
    "10%, 15%, 0, 150",
    "200B, 15%, 199, 1",
    "10%, 5%, 99, 1",
    "0%, 15%, 0, 0"
  })
  void givenAVolume_whenItsFreeSpaceIsLooked_thenThisIsWanted(
      String low, String target, long free, long wanted) {
    assertThat(new NodeRoom("n", free, 1000, false).wanted(properties(low, target)))
        .isEqualTo(wanted);
  }

  @Test
  void givenAVolume_whenSomethingIsToComeBack_thenOnlyAboveTheTarget() {
    NodeRoom room = new NodeRoom("n", 250, 1000, false);

    assertThat(room.hasRoomFor(100, properties("10%", "15%"))).isTrue();
    assertThat(room.hasRoomFor(101, properties("10%", "15%"))).isFalse();
    assertThat(room.less(50).hasRoomFor(51, properties("10%", "15%"))).isFalse();
    assertThat(room.hasRoomFor(100, properties("200B", "15%"))).isFalse();
  }

  private static EvictionPlanProperties properties(String low, String target) {
    return new EvictionPlanProperties(
        true,
        Duration.ofSeconds(30),
        FreeMark.valueOf(low),
        FreeMark.valueOf(target),
        Duration.ZERO,
        Duration.ofDays(7),
        20,
        Duration.ofDays(1),
        true,
        Duration.ofMinutes(5));
  }
}
