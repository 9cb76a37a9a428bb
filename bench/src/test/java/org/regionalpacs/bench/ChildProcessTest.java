package org.regionalpacs.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir Path folder;

  @Test
  void givenAProgramThatEnds_whenAwaited_thenItsOutputSaysWhy() throws IOException {
    try (ChildProcess child = start("echo the port is taken; exit 3")) {
      assertThatThrownBy(() -> child.await(() -> false, LIMIT))
          .isInstanceOf(IOException.class)
          .hasMessage("the program doesn't start:\nthe port is taken");
    }
  }

  @Test
  void givenAProgramThatDoesNotAnswer_whenTheLimitHasPassed_thenItFails() throws IOException {
    try (ChildProcess child = start("exec cat /dev/zero > /dev/null")) {
      assertThatThrownBy(() ->
              child.await(
                  () -> {
                    throw new IOException("refused");
                  },
                  Duration.ofMillis(1)))
          .hasMessageStartingWith("the program doesn't start:");
    }
  }

  @Test
  void givenAProgramThatEndsWell_whenItIsWaitedFor_thenItsOutputIsThere() throws IOException {
    try (ChildProcess child = start("echo $WORD; echo again >&2")) {
      assertThat(child.finish(LIMIT)).isEqualTo("hello\nagain\n");
    }
  }

  @Test
  void givenAProgramThatFailsOrNeverEnds_whenItIsWaitedFor_thenThatIsSaid() throws IOException {
    try (ChildProcess child = start("echo no room; exit 3")) {
      assertThatThrownBy(() -> child.finish(LIMIT))
          .isInstanceOf(IOException.class)
          .hasMessage("the program failed:\nno room");
    }
    try (ChildProcess child = start("exec sleep 600")) {
      assertThatThrownBy(() -> child.finish(Duration.ofMillis(1)))
          .isInstanceOf(IOException.class)
          .hasMessage("the program still runs after PT0.001S:\n");
    }
  }

  @Test
  void givenAProgramWithChildren_whenClosed_thenNoneOfThemIsLeft() throws Exception {
    ProcessHandle grandchild;
    ChildProcess child = start("sleep 600 & echo $WORD $!; wait");
    try (child) {
      child.await(() -> Files.size(folder.resolve("log")) > 0, LIMIT);
      String[] said = Files.readString(folder.resolve("log")).strip().split(" ");
      assertThat(said[0]).isEqualTo("hello");
      grandchild = ProcessHandle.of(Long.parseLong(said[1])).orElseThrow();
    }
    grandchild.onExit().get();
    assertThat(ProcessHandle.of(child.pid())).isEmpty();
  }

  private ChildProcess start(String script) throws IOException {
    return ChildProcess.start(
        "the program", List.of("sh", "-c", script), Map.of("WORD", "hello"), folder.resolve("log"));
  }
}
