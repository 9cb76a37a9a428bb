package org.regionalpacs.dicom.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.dicom.TestFiles;
import org.regionalpacs.dicom.data.UID;

/** Every sample rewritten in every way, and what three other toolkits make of it. */
class RewriteSamplesTest {
  private static final WriteOptions DEFINED =
      WriteOptions.DEFAULT.withDefinedLengths().withGroupLengths();

  /** One way of rewriting. */
  private record Way(String syntax, WriteOptions options) {}

  private static final Map<String, Way> NATIVE =
      Map.of(
          "explicit", new Way(UID.ExplicitVRLittleEndian, WriteOptions.DEFAULT),
          "explicit-defined", new Way(UID.ExplicitVRLittleEndian, DEFINED),
          "implicit", new Way(UID.ImplicitVRLittleEndian, WriteOptions.DEFAULT),
          "implicit-defined", new Way(UID.ImplicitVRLittleEndian, DEFINED),
          "deflated", new Way(UID.DeflatedExplicitVRLittleEndian, WriteOptions.DEFAULT));

  /** Files of which a rewritten copy can't be equal, each with its reason. */
  private static final Map<String, String> JUSTIFIED =
      Map.of(
          "no_preamble_dicm_in_data.dcm",
          "pydicom takes letters in a value for those of a header",
          "emri_small_jpeg_2k_lossless_too_short.dcm",
          "pixel data ends early: pydicom drops all of it, we keep the fragments that are there",
          "no_seq_delim.dcm",
          "pixel data has no delimiter: pydicom drops it, we write one",
          "trailing_garbage.dcm",
          "what follows the data set is no element; pydicom makes one of it");

  private static final int BATCH = 50;

  /** Shares no divisor with the numbers of ways, four and five. */
  private static final int EVERY = 7;

  @TempDir static Path folder;
  private static final List<String> PAIRS = new ArrayList<>();
  private static final List<Path> WRITTEN = new ArrayList<>();

  @BeforeAll
  static void rewriteAll() throws IOException {
    int number = 0;
    for (Path file : TestFiles.all()) {
      number++;
      String syntax;
      try (DicomInputStream in = DicomInputStream.ofFile(file)) {
        syntax = in.transferSyntax();
        in.bulkDataThreshold(16).readDataSet();
      } catch (IOException e) {
        continue;
      }
      if (Recoder.canRecode(syntax)) {
        for (Map.Entry<String, Way> way : NATIVE.entrySet()) {
          rewrite(file, number + "-" + way.getKey(), way.getValue());
        }
      } else {
        rewrite(file, number + "-same", new Way(syntax, DEFINED));
        for (OffsetTable table :
            Set.of(OffsetTable.EMPTY, OffsetTable.BASIC, OffsetTable.EXTENDED)) {
          rewrite(
              file,
              number + "-offsets-" + table,
              new Way(syntax, WriteOptions.DEFAULT.withOffsetTable(table)));
        }
      }
    }
  }

  private static void rewrite(Path file, String name, Way way) throws IOException {
    Path to = folder.resolve(name + ".dcm");
    try (OutputStream out = Files.newOutputStream(to)) {
      Recoder.rewrite(ByteSource.of(file), way.syntax(), way.options(), out);
    } catch (NoPixelDataException e) {
      // Whose frames nobody can tell apart.
      Files.delete(to);
      return;
    }
    PAIRS.add(file + "\t" + to);
    WRITTEN.add(to);
  }

  @Test
  void givenEverySample_whenRewrittenInEveryWay_thenPydicomFindsEqualContent() throws Exception {
    Path python = Path.of("/usr/bin/python3");
    assumeTrue(
        Files.isExecutable(python)
            && TestFiles.run(List.of(python.toString(), "-c", "import pydicom")).status() == 0,
        "skipped: python3-pydicom is not installed");
    Path list = Files.write(folder.resolve("pairs"), PAIRS);
    Process process =
        new ProcessBuilder(python.toString(), "src/test/python/rewritten.py")
            .redirectInput(list.toFile())
            .redirectErrorStream(true)
            .start();
    List<String> lines = new String(process.getInputStream().readAllBytes()).lines().toList();
    assertThat(process.waitFor()).as(lines.toString()).isZero();
    assertThat(lines.subList(0, lines.size() - 1))
        .filteredOn(line -> JUSTIFIED.keySet().stream().noneMatch(line::contains))
        .isEmpty();
    assertThat(Integer.parseInt(lines.getLast())).isGreaterThan(1500);
  }

  @Test
  void givenEverySample_whenRewrittenInEveryWay_thenDcmdumpReadsIt() {
    TestFiles.assumeInstalled("dcmdump");
    List<Path> refused = new ArrayList<>();
    for (int from = 0; from < WRITTEN.size(); from += BATCH) {
      List<Path> batch = WRITTEN.subList(from, Math.min(from + BATCH, WRITTEN.size()));
      if (!reads("dcmdump", batch)) {
        batch.stream().filter(file -> !reads("dcmdump", List.of(file))).forEach(refused::add);
      }
    }
    assertThat(refused).filteredOn(file -> reads("dcmdump", List.of(original(file)))).isEmpty();
  }

  /** GDCM takes one file at a time: a part of them, in which all ways come in turn. */
  @Test
  void givenEverySample_whenSomeAreRewritten_thenGdcmReadsIt() {
    assertGdcmReads(EVERY);
  }

  @Test
  @Tag("long")
  void givenEverySample_whenAllAreRewritten_thenGdcmReadsIt() {
    assertGdcmReads(1);
  }

  private static void assertGdcmReads(int every) {
    TestFiles.assumeInstalled("gdcminfo");
    List<Path> refused = new ArrayList<>();
    for (int i = 0; i < WRITTEN.size(); i += every) {
      if (!reads("gdcminfo", List.of(WRITTEN.get(i)))) {
        refused.add(WRITTEN.get(i));
      }
    }
    assertThat(refused)
        .filteredOn(file -> !isDirectory(original(file)))
        .filteredOn(file -> reads("gdcminfo", List.of(original(file))))
        .isEmpty();
  }

  /**
   * A DICOMDIR holds the positions of its records in the file (PS3.3 F.3.2.2), which any other
   * encoding moves; gdcminfo follows them, and refuses what gdcmconv makes of one too.
   */
  private static boolean isDirectory(Path file) {
    return file.getFileName().toString().startsWith("DICOMDIR");
  }

  private static boolean reads(String tool, List<Path> files) {
    Stream<String> paths = files.stream().map(Path::toString);
    return TestFiles.run(Stream.concat(Stream.of(tool), paths).toList()).status() == 0;
  }

  /** What a tool refuses before is no fault of the writer: syntaxes that it doesn't know. */
  private static Path original(Path written) {
    String pair =
        PAIRS.stream().filter(line -> line.endsWith(written.toString())).findAny().orElseThrow();
    return Path.of(pair.split("\t")[0]);
  }
}
