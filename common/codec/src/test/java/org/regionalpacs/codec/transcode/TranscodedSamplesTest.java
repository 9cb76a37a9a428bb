package org.regionalpacs.codec.transcode;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The first test object of each kind in every lossless transfer syntax. */
class TranscodedSamplesTest extends TranscodedSamplesContract {
  @TempDir static Path folder;
  private static TranscodedSamples some;

  @BeforeAll
  static void transcode() throws IOException {
    some = TranscodedSamples.in(folder, false);
    assertThat(some.pairs()).hasSizeGreaterThan(100);
  }

  @Override
  TranscodedSamples samples() {
    return some;
  }

  @Override
  Path folder() {
    return folder;
  }

  @Override
  int every() {
    return 7;
  }
}
