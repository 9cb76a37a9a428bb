package org.regionalpacs.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EndWatchTest {
  private static final int TERMINATED = 128 + 15;

  @Test
  void givenAJvmIsKilled_whenItWatchedAProcess_thenTheProcessIsAskedToStop() throws Exception {
    Process watched = new ProcessBuilder("sleep", "60").start();
    Process jvm =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Watching.class.getName(),
                Long.toString(watched.pid()))
            .redirectErrorStream(true)
            .start();
    assertThat(jvm.inputReader().readLine()).isEqualTo("watching");
    assertThat(watched.isAlive()).isTrue();

    jvm.destroyForcibly();

    assertThat(watched.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(watched.exitValue()).isEqualTo(TERMINATED);
  }

  @Test
  void givenTheWatchIsClosed_thenTheProcessGoesOn() throws Exception {
    Process watched = new ProcessBuilder("sleep", "60").start();
    EndWatch watch = EndWatch.over(watched.toHandle());

    watch.close();

    assertThat(watched.waitFor(200, TimeUnit.MILLISECONDS)).isFalse();
    watched.destroyForcibly();
  }

  /** The JVM that is killed. */
  static final class Watching {
    private Watching() {}

    public static void main(String[] args) throws Exception {
      EndWatch.over(ProcessHandle.of(Long.parseLong(args[0])).orElseThrow());
      System.out.println("watching");
      Thread.currentThread().join();
    }
  }
}
