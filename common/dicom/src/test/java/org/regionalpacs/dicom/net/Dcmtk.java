package org.regionalpacs.dicom.net;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Runs DCMTK's programs; a test that needs one is skipped where it isn't installed. */
final class Dcmtk {
  private static final long LIMIT_SECONDS = 30;

  private Dcmtk() {}

  record Outcome(int code, String output) {}

  /** Runs one to its end. */
  static Outcome run(String program, Object... arguments) throws IOException {
    Process process = process(program, arguments).redirectErrorStream(true).start();
    try {
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError(program + " doesn't end: " + output);
      }
      return new Outcome(process.exitValue(), output);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    } finally {
      process.destroyForcibly();
    }
  }

  private static ProcessBuilder process(String program, Object... arguments) {
    List<String> line = new ArrayList<>();
    line.add(find(program));
    Stream.of(arguments).map(Object::toString).forEach(line::add);
    return new ProcessBuilder(line).redirectInput(new File("/dev/null"));
  }

  private static String find(String program) {
    Optional<Path> found =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .filter(folder -> !folder.isEmpty())
            .map(folder -> Path.of(folder, program))
            .filter(Files::isExecutable)
            .findFirst();
    Assumptions.assumeTrue(found.isPresent(), program + " (DCMTK) isn't installed");
    return found.orElseThrow().toString();
  }

  /** DCMTK's storescp, writing what it gets into a folder. */
  static final class StoreScp implements AutoCloseable {
    private final Process process;
    private final int port;
    private final ScuOptions client;

    StoreScp(Path folder, Object... options) throws IOException {
      this(folder, ScuOptions.DEFAULT, options);
    }

    /** The client options are for asking whether it listens yet. */
    StoreScp(Path folder, ScuOptions client, Object... options) throws IOException {
      this.client = client;
      this.port = freePort();
      List<Object> arguments = new ArrayList<>(List.of(options));
      arguments.addAll(List.of("-od", folder, port));
      this.process =
          process("storescp", arguments.toArray())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      await().atMost(Duration.ofMinutes(1)).until(this::listens);
    }

    private static int freePort() throws IOException {
      try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        return any.getLocalPort();
      }
    }

    private boolean listens() {
      try (StoreScu scu =
          StoreScu.open(
              remote(),
              "TEST",
              List.of(ProposedContext.of(RawPeer.VERIFICATION, RawPeer.IMPLICIT)),
              client)) {
        return scu.echo() == 0;
      } catch (IOException e) {
        return false;
      }
    }

    RemoteAe remote() {
      return new RemoteAe("DCMTK", "127.0.0.1", port);
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }
}
