package org.regionalpacs.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The arguments of a {@code java} in a file that only its owner reads: others see no password in
 * the list of processes, and the command line stays short enough to be read back whole.
 */
final class JavaArguments {
  private JavaArguments() {}

  /** Writes the file. */
  static void write(Path file, List<String> arguments) throws IOException {
    String text = arguments.stream().map(JavaArguments::quote).collect(Collectors.joining("\n"));
    Path half = file.resolveSibling(file.getFileName() + ".half");
    Files.deleteIfExists(half);
    Files.createFile(
        half, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(half, text + "\n");
    Files.move(half, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
  }

  /** A {@code java} of this JVM's version that reads them. */
  static List<String> command(Path file) {
    return List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "@" + file);
  }

  private static String quote(String argument) {
    return '"' + argument.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
