package org.regionalpacs.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HoldsTest {
  @TempDir Path dir;
  private Holds holds;

  @BeforeEach
  void folder() {
    holds = new Holds(DataFolder.make(dir));
  }

  @Test
  void givenAnOperatorStoppedOne_whenARebuildHoldsAll_thenThatOneStaysTheOperators() {
    holds.hold("wado");
    holds.holdForRebuild("wado");
    holds.holdForRebuild("consumer");

    assertThat(holds.held("wado")).isTrue();
    assertThat(holds.heldForRebuild("wado")).isFalse();
    assertThat(holds.heldForRebuild("consumer")).isTrue();
    assertThat(holds.heldForRebuild("webworker")).isFalse();
  }

  @Test
  void givenARebuildHoldsOne_whenTheOperatorStopsItToo_thenItIsTheOperators() {
    holds.holdForRebuild("wado");
    holds.hold("wado");

    assertThat(holds.heldForRebuild("wado")).isFalse();
  }
}
