package org.regionalpacs.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class PixelCountTest {
  @Test
  void givenABodyInPartsOfAnyLength_whenCounted_thenWhatLiesAcrossThemIsFound() {
    byte[] body = "..abcd.abc.abcdabcd.ab".getBytes();
    for (int length = 1; length <= body.length; length++) {
      PixelCount count = new PixelCount("abcd".getBytes());
      for (int at = 0; at < body.length; at += length) {
        count.accept(ByteBuffer.wrap(body, at, Math.min(length, body.length - at)));
      }
      assertThat(count.found()).as("parts of %d bytes", length).isEqualTo(3);
    }
  }
}
