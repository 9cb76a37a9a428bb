package org.regionalpacs.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class OpenedStudyTest {
  @Test
  void givenWhatTheScriptPrints_whenRead_thenTimesAndTrafficAreThere() throws IOException {
    OpenedStudy opened =
        OpenedStudy.parse(
            "{\"preview\":210,\"first\":812.5,\"requests\":23,\"bytes\":1234567,\"last\":9000}");

    assertThat(opened)
        .isEqualTo(
            new OpenedStudy(OptionalDouble.of(210), 812.5, OptionalDouble.of(9000), 23, 1_234_567));
    assertThat(opened.shown()).isEqualTo("23 requests, 1,234 KB");
  }

  @Test
  void givenNoFrameWasWaitedFor_whenRead_thenThereIsNoLastImage() throws IOException {
    assertThat(OpenedStudy.parse("{\"first\":1,\"requests\":0,\"bytes\":0}").lastMillis())
        .isEmpty();
  }

  @Test
  void givenSomethingElse_whenRead_thenItFailsWithIt() {
    for (String output : new String[] {"", "no browser", "{\"requests\":1}"}) {
      assertThatThrownBy(() -> OpenedStudy.parse(output))
          .isInstanceOf(IOException.class)
          .hasMessage("the browser doesn't say what it saw: " + output);
    }
  }
}
