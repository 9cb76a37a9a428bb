package org.regionalpacs.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a measurement ran on. */
final class Machine {
  private Machine() {}

  /** A Markdown list: processors, memory, system, JDK, and what else is given. */
  static String describe(List<String> programs) throws IOException {
    return """
    - %s, %d processors, %s of memory
    - %s %s
    - JDK %s (%s)
    %s\
    """
        .formatted(
            field(Path.of("/proc/cpuinfo"), "model name"),
            Runtime.getRuntime().availableProcessors(),
            field(Path.of("/proc/meminfo"), "MemTotal"),
            System.getProperty("os.name"),
            System.getProperty("os.version"),
            Runtime.version(),
            System.getProperty("java.vendor"),
            String.join("", programs.stream().map("- %s%n"::formatted).toList()));
  }

  private static String field(Path file, String name) throws IOException {
    if (!Files.exists(file)) {
      return "unknown";
    }
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith(name))
          .findFirst()
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .orElse("unknown");
    }
  }

  /** Processes that want to run, on average over the last minute; "unknown" where not told. */
  static String load() throws IOException {
    Path file = Path.of("/proc/loadavg");
    return Files.exists(file) ? Files.readString(file).split(" ")[0] : "unknown";
  }

  /** A program of that name, where it is installed. */
  static Optional<Path> program(String name) {
    String path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/usr/local/sbin";
    return Stream.of(path.split(":"))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** The first line a program prints, its version mostly. */
  static String firstLine(String... line) throws IOException {
    Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
    try {
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return output.lines().findFirst().orElse("").replace("$", "").strip();
    } finally {
      process.destroy();
    }
  }
}
