package org.regionalpacs.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaServerTest {
  private static final List<String> AWKWARD = List.of("a b", "c\"d", "e\\f", "#g", "");

  @TempDir Path temporary;
  private Path dir;

  @BeforeEach
  void folderWithASpace() {
    dir = temporary.resolve("my data");
  }

  @Test
  void givenAwkwardArguments_whenStarted_thenTheyArriveAndOnlyTheOwnerCanReadThem()
      throws Exception {
    try (JavaServer server = JavaServer.start(settings(Program.class))) {
      assertThat(server.alive()).isTrue();
      assertThat(Files.readAllLines(dir.resolve("arguments"))).isEqualTo(AWKWARD);
      Path arguments = dir.resolve("java.args");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(arguments)))
          .isEqualTo("rw-------");
      assertThat(server.exited()).isNotDone();
    }
    assertThat(EmbeddedServer.pid(dir, "program")).isEmpty();
  }

  @Test
  void givenItIsKilledOrStopped_whenRestarted_thenItRunsOnTheSamePort() throws Exception {
    try (JavaServer server = JavaServer.start(settings(Program.class))) {
      int port = server.port();
      long first = EmbeddedServer.pid(dir, "program").orElseThrow();

      ProcessHandle.of(first).orElseThrow().destroyForcibly();
      assertThat(server.exited().get(60, TimeUnit.SECONDS)).isEqualTo(137);
      server.restart();
      long second = EmbeddedServer.pid(dir, "program").orElseThrow();
      server.stop();
      assertThat(server.alive()).isFalse();
      server.restart();

      assertThat(server.port()).isEqualTo(port);
      assertThat(EmbeddedServer.pid(dir, "program").orElseThrow()).isNotIn(first, second);
    }
  }

  @Test
  void givenItEndsWhileStarting_thenTheExceptionHasTheEndOfItsOutput() {
    assertThatThrownBy(() -> JavaServer.start(settings(Failing.class)))
        .isInstanceOf(EmbeddedServerException.class)
        .hasMessageContaining("program ended while starting")
        .hasMessageContaining("no luck today");
  }

  private JavaSettings settings(Class<?> program) throws Exception {
    int port = GuardedServer.freePort();
    List<String> options = List.of("-Xmx32m", "-Ddir=" + dir, "-Dport=" + port);
    return new JavaSettings(
        "program",
        dir,
        dir.resolve("program.log"),
        "127.0.0.1",
        port,
        options,
        program.getName(),
        AWKWARD,
        Duration.ofSeconds(5));
  }

  /** Writes down its arguments, then listens until it is stopped. */
  static final class Program {
    public static void main(String[] args) throws Exception {
      Files.write(Path.of(System.getProperty("dir"), "arguments"), List.of(args));
      int port = Integer.getInteger("port");
      try (ServerSocket socket = new ServerSocket(port, 5, InetAddress.getLoopbackAddress())) {
        while (true) {
          socket.accept().close();
        }
      }
    }
  }

  /** Ends at once. */
  static final class Failing {
    public static void main(String[] args) {
      System.out.println("no luck today");
      System.exit(3);
    }
  }
}
