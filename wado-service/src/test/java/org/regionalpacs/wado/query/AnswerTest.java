package org.regionalpacs.wado.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class AnswerTest {
  /**
   * Many send the same answer at once. A stream that locks while it is written would have all of
   * them wait for the slowest client.
   */
  @Test
  void givenAnAnswerIsShared_thenItsBodyIsPlainBytes() {
    assertThat(Arrays.stream(Answer.class.getRecordComponents()))
        .filteredOn(component -> component.getName().equals("body"))
        .singleElement()
        .satisfies(body -> assertThat(body.getType()).isEqualTo(byte[].class));
  }
}
