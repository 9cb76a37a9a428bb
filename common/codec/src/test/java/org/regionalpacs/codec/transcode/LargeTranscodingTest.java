package org.regionalpacs.codec.transcode;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Objects that are far larger than the heap; {@link LargeTranscoding} is the process. */
class LargeTranscodingTest {
  @TempDir Path folder;

  @Test
  void givenAMultiFrameOf512Mb_whenTranscodedThereAndBackInAHeapOf32Mb_thenEveryByteIsBack()
      throws Exception {
    assertBack(1024, "-Xmx32m");
  }

  @Test
  @Tag("long")
  void givenAMultiFrameOf2Gb_whenTranscodedThereAndBackInAHeapOf64Mb_thenEveryByteIsBack()
      throws Exception {
    assertBack(4096, "-Xmx64m");
  }

  private void assertBack(int frames, String heap) throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(
                List.of(
                    ProcessHandle.current().info().command().orElse("java"),
                    heap,
                    "-XX:+UseSerialGC",
                    "-cp",
                    System.getProperty("java.class.path"),
                    LargeTranscoding.class.getName(),
                    folder.toString(),
                    Integer.toString(frames)))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean ended = process.waitFor(120, TimeUnit.SECONDS);
    process.destroyForcibly();
    String said = Files.readString(output, StandardCharsets.UTF_8);

    assertThat(ended).as("still runs: %s", said).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
    assertThat(said)
        .matches("%d frames, \\d+ bytes as RLE, %d equal\\s+".formatted(frames, frames));
  }
}
