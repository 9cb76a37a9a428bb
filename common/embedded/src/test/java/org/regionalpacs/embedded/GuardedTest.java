package org.regionalpacs.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuardedTest {
  @TempDir Path dir;

  @Test
  void givenTheLauncherIsKilledByForce_thenItsChildEndsToo() throws Exception {
    Process launcher =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Launcher.class.getName(),
                dir.toString())
            .inheritIO()
            .start();
    await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(dir.resolve("ready")));
    long pid = Long.parseLong(Files.readString(dir.resolve("ready")));
    assertThat(ProcessHandle.of(pid)).isPresent();

    launcher.destroyForcibly().waitFor(10, TimeUnit.SECONDS);

    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
  }

  @Test
  void givenAChildThatIgnoresTheSignal_whenStopped_thenItIsKilled() throws Exception {
    Guarded child = start("trap '' TERM; while :; do sleep 1; done", 1);
    await().atMost(Duration.ofSeconds(60)).until(() -> child.pid().isPresent());
    long pid = child.pid().getAsLong();

    child.stop();

    assertThat(child.alive()).isFalse();
    assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
  }

  @Test
  void givenAChildThatFails_thenItsStatusAndLogAreThere() throws Exception {
    Guarded child = start("echo sorry; exit 7", 1);

    assertThat(child.await(Duration.ofSeconds(10))).isEqualTo(7);
    assertThat(new LogFile(dir.resolve("log")).tail()).contains("sorry");
    assertThat(child.pid()).isEmpty();
  }

  private Guarded start(String script, int graceSeconds) throws Exception {
    return Guarded.start(
        new Guarded.Command(
            List.of("/bin/sh", "-c", script),
            new LogFile(dir.resolve("log")),
            dir.resolve("pid"),
            "TERM",
            Duration.ofSeconds(graceSeconds)));
  }

  /** A JVM that has a child and then only waits. */
  static final class Launcher {
    public static void main(String[] args) throws Exception {
      Path dir = Path.of(args[0]);
      Guarded child =
          Guarded.start(
              new Guarded.Command(
                  List.of("/bin/sleep", "600"),
                  new LogFile(dir.resolve("log")),
                  dir.resolve("pid"),
                  "TERM",
                  Duration.ofSeconds(2)));
      await().atMost(Duration.ofSeconds(60)).until(() -> child.pid().isPresent());
      Path half = dir.resolve("ready.half");
      Files.writeString(half, "" + child.pid().getAsLong());
      Files.move(half, dir.resolve("ready"));
      new CountDownLatch(1).await(10, TimeUnit.MINUTES);
    }
  }
}
