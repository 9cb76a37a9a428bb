package org.regionalpacs.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SteppedStreamTest {
  private static final int KB = 1024;
  private static final int SIZE = 20_000 * KB;

  private final byte[] content = new byte[SIZE];
  private final List<String> steps = new ArrayList<>();

  SteppedStreamTest() {
    new Random(1).nextBytes(content);
  }

  private InputStream open(long offset) throws IOException {
    return SteppedStream.open(
        (from, length, behindGap) -> {
          steps.add(from / KB + "+" + length / KB + (behindGap ? " behind" : ""));
          return new ByteArrayInputStream(content, (int) from, (int) length);
        },
        offset,
        SIZE);
  }

  @Test
  void givenAReaderOfAll_thenStepsGrow() throws IOException {
    try (InputStream in = open(0)) {
      assertThat(in.readAllBytes()).isEqualTo(content);
      assertThat(in.read()).isEqualTo(-1);
    }
    assertThat(steps).startsWith("0+64", "64+256", "320+1024", "1344+4096", "5440+4096").hasSize(8);
  }

  @Test
  void givenASkipInsideAStep_thenNoOtherIsOpened() throws IOException {
    try (InputStream in = open(1000)) {
      in.skipNBytes(60_000);
      assertThat(in.readNBytes(100)).isEqualTo(Arrays.copyOfRange(content, 61_000, 61_100));
    }
    assertThat(steps).hasSize(1);
  }

  @Test
  void givenAGap_thenWhatIsSkippedIsNotMovedAndAShortStepFollows() throws IOException {
    try (InputStream in = open(0)) {
      in.readNBytes(KB);
      in.skipNBytes(10_000 * KB - KB);
      assertThat(in.read()).isEqualTo(content[10_000 * KB] & 0xFF);
      in.skipNBytes(9_000 * KB - 1);
      assertThat(in.readNBytes(5 * KB))
          .isEqualTo(Arrays.copyOfRange(content, 19_000 * KB, 19_005 * KB));
    }
    assertThat(steps)
        .containsExactly("0+64", "10000+4 behind", "19000+4 behind", "19004+16 behind");
  }

  @Test
  void givenTheEndOrAClosedStream_thenNothingIsOpened() throws IOException {
    try (InputStream in = open(SIZE)) {
      assertThat(in.read()).isEqualTo(-1);
      assertThat(in.skip(5)).isZero();
    }
    InputStream closed = open(0);
    closed.close();
    assertThatThrownBy(closed::read).isInstanceOf(IOException.class);
    assertThat(steps).hasSize(1);
  }
}
