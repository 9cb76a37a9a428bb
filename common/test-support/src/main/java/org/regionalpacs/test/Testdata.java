package org.regionalpacs.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * The collection of DICOM files that lies beside the repository ({@code ../shared/testdata}), or
 * where the system property {@code pacs.testdata} or the environment's {@code PACS_TESTDATA} says.
 * A test that asks for it is reported as skipped where it is absent.
 */
public final class Testdata {
  private Testdata() {}

  /** The folder, if it is there. */
  public static Optional<Path> find() {
    String set =
        System.getProperty("pacs.testdata", System.getenv().getOrDefault("PACS_TESTDATA", ""));
    Path folder = set.isEmpty() ? repository().resolve("../shared/testdata") : Path.of(set);
    return Optional.of(folder.toAbsolutePath().normalize()).filter(Files::isDirectory);
  }

  /** The folder; skips the test where it is absent. */
  public static Path folder() {
    Optional<Path> folder = find();
    Assumptions.assumeTrue(
        folder.isPresent(),
        "no test data: put it in ../shared/testdata or point PACS_TESTDATA at it");
    return folder.orElseThrow();
  }

  /** A file or folder of it, such as {@code "pydicom/CT_small.dcm"}; skips the test if absent. */
  public static Path path(String relative) {
    Path path = folder().resolve(relative);
    Assumptions.assumeTrue(Files.exists(path), "not among the test data: " + relative);
    return path;
  }

  /** Every file under it that begins as a DICOM Part 10 file, in a stable order. */
  public static List<Path> dicomFiles() {
    try (Stream<Path> files = Files.walk(folder())) {
      return files.filter(Files::isRegularFile).filter(Testdata::isDicom).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The root folder of this repository: the first one upwards that holds {@code pacs}. */
  public static Path repository() {
    Path start = Path.of("").toAbsolutePath();
    for (Path folder = start; folder != null; folder = folder.getParent()) {
      if (Files.isRegularFile(folder.resolve("pacs")) && Files.exists(folder.resolve("pom.xml"))) {
        return folder;
      }
    }
    throw new IllegalStateException("not inside the repository: " + start);
  }

  private static boolean isDicom(Path file) {
    try (var in = Files.newInputStream(file)) {
      byte[] head = in.readNBytes(132);
      return head.length == 132
          && head[128] == 'D'
          && head[129] == 'I'
          && head[130] == 'C'
          && head[131] == 'M';
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
