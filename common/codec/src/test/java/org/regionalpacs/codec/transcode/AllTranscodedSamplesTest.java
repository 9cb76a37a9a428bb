package org.regionalpacs.codec.transcode;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** Every test object in every lossless transfer syntax. */
@Tag("long")
class AllTranscodedSamplesTest extends TranscodedSamplesContract {
  @TempDir static Path folder;
  private static TranscodedSamples all;

  @BeforeAll
  static void transcode() throws IOException {
    all = TranscodedSamples.in(folder, true);
    assertThat(all.pairs()).hasSizeGreaterThan(1000);
  }

  @Override
  TranscodedSamples samples() {
    return all;
  }

  @Override
  Path folder() {
    return folder;
  }

  @Override
  int every() {
    return 3;
  }
}
