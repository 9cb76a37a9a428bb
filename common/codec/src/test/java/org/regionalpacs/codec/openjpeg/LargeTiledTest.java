package org.regionalpacs.codec.openjpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tiles of which there are many, in a process whose heap holds little more than the samples. */
class LargeTiledTest {
  @TempDir Path folder;

  @Test
  void given2048By2048PixelsInTiles_thenEverySampleIsThatOfItsTile() throws Exception {
    assertThat(decoded(2048, "64m")).contains("0 of 4194304 samples are wrong");
  }

  @Test
  @Tag("long")
  void given16384By16384PixelsInTiles_thenEverySampleIsThatOfItsTile() throws Exception {
    assertThat(decoded(16384, "640m")).contains("0 of 268435456 samples are wrong");
  }

  private String decoded(int side, String heap) throws Exception {
    assumeTrue(OpenjpegCodec.availability().usable(), OpenjpegCodec.availability().detail());
    Path output = folder.resolve("output");
    List<String> line = new ArrayList<>();
    line.add(ProcessHandle.current().info().command().orElse("java"));
    line.addAll(List.of("-Xmx" + heap, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    line.add("--enable-native-access=ALL-UNNAMED");
    line.addAll(List.of("-cp", System.getProperty("java.class.path")));
    line.addAll(List.of(LargeTiledDecoding.class.getName(), Integer.toString(side)));
    Process process =
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(output.toFile()).start();
    boolean ended = process.waitFor(300, TimeUnit.SECONDS);
    process.destroyForcibly();

    assertThat(ended).as("still runs").isTrue();
    return Files.readString(output, StandardCharsets.UTF_8);
  }
}
