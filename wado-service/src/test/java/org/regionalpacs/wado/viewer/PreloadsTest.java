package org.regionalpacs.wado.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PreloadsTest {
  @Test
  void givenFiles_thenEachIsAskedForAsTheViewerDoes() {
    assertThat(Preloads.links(List.of("89.bundle.a1.js", "89.css", "c0ffee.woff2")))
        .isEqualTo(
            "<link rel=\"preload\" fetchpriority=\"low\" href=\"@files@89.bundle.a1.js\""
                + " as=\"script\">"
                + "<link rel=\"preload\" fetchpriority=\"low\" href=\"@files@89.css\""
                + " as=\"style\">"
                + "<link rel=\"preload\" fetchpriority=\"low\" href=\"@files@c0ffee.woff2\""
                + " as=\"font\" crossorigin=\"anonymous\">");
  }

  @Test
  void givenWhatIsAskedForOtherwise_thenItIsNotGotTwice() {
    List<String> others =
        List.of("app.bundle.a1.js", "app.bundle.css", "histogram-worker.bundle.a1.js", "a.wasm");

    assertThat(Preloads.links(others)).isEmpty();
  }
}
