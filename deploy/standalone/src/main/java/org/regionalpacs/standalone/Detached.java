package org.regionalpacs.standalone;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The product in a process of its own, which outlives this one and its terminal. */
final class Detached {
  private static final long LIMIT_NANOS = TimeUnit.MINUTES.toNanos(5);
  private static final Path SETSID = Path.of("/usr/bin/setsid");

  private final DataFolder folder;
  private final Ports ports;
  private final Optional<ArchiveChoice> archive;
  private final boolean separate;

  Detached(DataFolder folder, Ports ports, Optional<ArchiveChoice> archive, boolean separate) {
    this.folder = folder;
    this.ports = ports;
    this.archive = archive;
    this.separate = separate;
  }

  /** Starts it and waits until it is ready; shows what it said. */
  int start() throws IOException, InterruptedException {
    Path output = folder.log("console");
    Process process =
        new ProcessBuilder(command())
            .redirectInput(new File("/dev/null"))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    long deadline = System.nanoTime() + LIMIT_NANOS;
    while (process.isAlive() && !ready()) {
      if (System.nanoTime() > deadline) {
        throw new Complaint("Not ready after 5 minutes, still starting: see " + output);
      }
      Thread.sleep(100);
    }
    if (process.isAlive()) {
      // The lines after "Ready" may still be on their way.
      Thread.sleep(100);
    }
    System.out.print(Files.readString(output));
    return process.isAlive() ? 0 : Math.max(1, process.exitValue());
  }

  private boolean ready() {
    Optional<RunState> state = RunState.running(folder);
    return state.isPresent() && state.get().ready();
  }

  private List<String> command() {
    List<String> line = new ArrayList<>();
    if (Files.isExecutable(SETSID)) {
      line.add(SETSID.toString());
    }
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    System.getenv().getOrDefault("PACS_DETACHED_OPTIONS", "").lines().forEach(line::add);
    line.addAll(List.of("-cp", System.getProperty("java.class.path"), Pacs.class.getName(), "up"));
    line.addAll(List.of("--data", folder.root().toString()));
    line.addAll(ports.arguments());
    archive.ifPresent(choice -> line.addAll(choice.options()));
    if (separate) {
      line.add("--separate");
    }
    return line;
  }
}
