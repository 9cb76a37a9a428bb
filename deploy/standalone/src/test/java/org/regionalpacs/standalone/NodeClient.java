package org.regionalpacs.standalone;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.regionalpacs.test.ExternalTool;
import org.regionalpacs.test.Testdata;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Scripts in Node.js: npm's dicomweb-client, and Playwright, which leads a browser. Their code
 * isn't here: npm brings the very versions of the lock file, checks them by their hashes, and keeps
 * them below {@code target}.
 */
final class NodeClient {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String CLIENT = "client.cjs";
  private static final String BROWSER = "browser.cjs";
  private static final Path SOURCE =
      Testdata.repository().resolve("deploy/standalone/src/test/npm");
  private static final Path FOLDER = Testdata.repository().resolve("deploy/standalone/target/npm");

  private final ExternalTool node;

  private NodeClient(ExternalTool node) {
    this.node = node;
  }

  /** Skips the test without Node.js, and when npm can't bring the packages. */
  static NodeClient install() throws IOException {
    ExternalTool node = ExternalTool.named("node").within(Duration.ofMinutes(4));
    ExternalTool npm = ExternalTool.named("npm").within(Duration.ofMinutes(10));
    Files.createDirectories(FOLDER);
    // Two JVMs with tests run side by side.
    try (FileChannel file = FileChannel.open(FOLDER.resolve("lock"), CREATE, WRITE);
        FileLock lock = file.lock()) {
      boolean kept =
          Files.exists(FOLDER.resolve("node_modules/.package-lock.json"))
              && isSame(SOURCE.resolve("package-lock.json"), FOLDER.resolve("package-lock.json"));
      copyTo(FOLDER);
      if (!kept) {
        ExternalTool.Outcome outcome =
            npm.run("ci", "--prefix", FOLDER, "--ignore-scripts", "--no-audit", "--no-fund");
        Assumptions.assumeTrue(
            outcome.code() == 0, "npm can't bring its packages: " + outcome.output());
      }
    }
    return new NodeClient(node);
  }

  private static void copyTo(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(SOURCE)) {
      for (Path file : files.toList()) {
        Path copy = folder.resolve(file.getFileName());
        if (!isSame(file, copy)) {
          Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }

  private static boolean isSame(Path file, Path copy) throws IOException {
    return Files.exists(copy) && Files.mismatch(file, copy) < 0;
  }

  /** Runs the client to its end; what it found. */
  JsonNode run(Object... arguments) {
    List<Object> line = new ArrayList<>(List.of(FOLDER.resolve(CLIENT)));
    line.addAll(Arrays.asList(arguments));
    ExternalTool.Outcome outcome = node.run(line.toArray());
    assertThat(outcome.code()).as(outcome.output()).isZero();
    return JSON.readTree(outcome.output());
  }

  Browser startBrowser() throws IOException {
    return Browser.start(List.of("node", FOLDER.resolve(BROWSER).toString()));
  }
}
