package org.regionalpacs.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinaryCacheTest {
  @TempDir Path dir;

  @Test
  void givenSeveralJvmsUnpackAtOnce_thenEachFindsItWhole() throws Exception {
    List<Process> jvms = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      jvms.add(
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  Unpack.class.getName(),
                  dir.toString())
              .inheritIO()
              .start());
    }
    for (Process jvm : jvms) {
      assertThat(jvm.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(jvm.exitValue()).isZero();
    }
    try (var left = Files.list(dir)) {
      assertThat(left.filter(path -> path.toString().endsWith(".half"))).isEmpty();
    }
  }

  static final class Unpack {
    public static void main(String[] args) throws Exception {
      BinaryCache cache = new BinaryCache(Path.of(args[0]));
      Path program = cache.program(Platform.here().redisBinary(), "redis-server");
      System.exit(
          new ProcessBuilder(program.toString(), "--version").inheritIO().start().waitFor());
    }
  }
}
