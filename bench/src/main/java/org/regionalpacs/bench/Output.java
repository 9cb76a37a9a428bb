package org.regionalpacs.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where results go. */
final class Output {
  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Write the results to this file as well.")
  Optional<Path> file = Optional.empty();

  void write(String results) throws IOException {
    System.out.println(results);
    if (file.isPresent()) {
      Files.writeString(file.get(), results);
    }
  }
}
