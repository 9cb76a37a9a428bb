package org.regionalpacs.standalone;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The class path of the product under test, as {@code ./pacs} has it: jars only, which alone allows
 * the JVMs to share an archive of their classes. Most of the time that a start takes goes into
 * loading these.
 */
final class ProductJars {
  private static final Path FOLDER = Path.of("target", "test-app").toAbsolutePath();
  private static final ProductJars THESE = make();

  private final String classPath;
  private final Path archive;

  private ProductJars(String classPath, Path archive) {
    this.classPath = classPath;
    this.archive = archive;
  }

  /** Those of this build, made when the first test asks. */
  static ProductJars ofThisBuild() {
    return THESE;
  }

  String classPath() {
    return classPath;
  }

  /** The archive of their classes; the first product that stops in peace writes it. */
  Path archive() {
    return archive;
  }

  /** That of Kafka's JVM. */
  Path kafkaArchive() {
    return archive.resolveSibling("kafka.jsa");
  }

  private static ProductJars make() {
    List<Path> entries =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(Path::of)
            .filter(entry -> !entry.endsWith("test-classes") && Files.exists(entry))
            .toList();
    try {
      Files.createDirectories(FOLDER);
      try (FileChannel lock =
          FileChannel.open(
              FOLDER.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        lock.lock(); // other JVMs of these tests
        Path build = Files.createDirectories(FOLDER.resolve(nameOf(entries)));
        List<String> jars = new ArrayList<>();
        for (Path entry : entries) {
          jars.add(
              (Files.isDirectory(entry) ? packed(entry, build, jars.size()) : entry).toString());
        }
        return new ProductJars(String.join(File.pathSeparator, jars), build.resolve("classes.jsa"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Another one for every change of any class. */
  private static String nameOf(List<Path> entries) throws IOException {
    CRC32 sum = new CRC32();
    for (Path entry : entries) {
      for (Path file : filesIn(entry)) {
        String state = file + " " + Files.size(file) + " " + Files.getLastModifiedTime(file);
        sum.update(state.getBytes());
      }
    }
    return Long.toHexString(sum.getValue());
  }

  private static List<Path> filesIn(Path entry) throws IOException {
    try (Stream<Path> files = Files.walk(entry)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static List<Path> below(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(each -> !each.equals(folder)).sorted().toList();
    }
  }

  private static Path packed(Path classes, Path build, int number) throws IOException {
    Path jar = build.resolve(number + ".jar");
    if (Files.exists(jar)) {
      return jar;
    }
    Path half = build.resolve(number + ".half");
    try (OutputStream out = Files.newOutputStream(half);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Path each : below(classes)) {
        String name = classes.relativize(each).toString().replace(File.separatorChar, '/');
        // Spring finds classes in a package by the entry of its folder.
        zip.putNextEntry(new ZipEntry(Files.isDirectory(each) ? name + "/" : name));
        if (Files.isRegularFile(each)) {
          Files.copy(each, zip);
        }
      }
    }
    return Files.move(half, jar, StandardCopyOption.ATOMIC_MOVE);
  }
}
