package org.regionalpacs.dicom.io;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.dicom.TestFiles;
import org.regionalpacs.dicom.data.Tag;

/** Which elements we and pydicom find in every sample, with a reason for each difference. */
class PydicomReadingTest {
  private static final String CUT = "is cut inside an element; pydicom leaves that element out";
  private static final String OPEN_END =
      "has no delimiter behind its fragments: we keep the pixel data with a warning, pydicom drops it";

  private static final Map<String, String> OTHERWISE_READ =
      Map.ofEntries(
          entry("pydicom/dicomdirtests/DICOMDIR-nooffset.dcm", CUT),
          entry("pydicom/test_files/MR_truncated.dcm", CUT),
          entry("pydicom/test_files/rtplan_truncated.dcm", CUT),
          entry("synthetic/broken/trunc_encaps.dcm", CUT),
          entry("synthetic/broken/trunc_in_header.dcm", CUT),
          entry("synthetic/broken/trunc_in_pixels.dcm", CUT),
          entry("synthetic/broken/trunc_one_byte.dcm", CUT),
          entry("synthetic/broken/zlib_bomb_like.dcm", "claims 4 GB that aren't there"),
          entry("synthetic/broken/deep_nesting.dcm", "nests deeper than our limit of 64"),
          entry("synthetic/broken/text.dcm", "is plain text; told to, pydicom reads anything"),
          entry("pydicom/test_files/no_meta.dcm", "has no data set, but pydicom finds a tag"),
          entry("synthetic/broken/bad_vr.dcm", "has a VR that doesn't exist; pydicom refuses it"),
          entry(
              "fo-dicom/Test_Data/GH177_D_CLUNIE_CT1_IVRLE_BigEndian_undefined_length.dcm",
              "has a UN sequence in a big endian data set, which pydicom reads as big endian"),
          entry("synthetic/broken/no_seq_delim.dcm", OPEN_END),
          entry("pydicom-data/data/emri_small_jpeg_2k_lossless_too_short.dcm", OPEN_END),
          entry(
              "synthetic/broken/trailing_garbage.dcm", "pydicom takes the garbage for an element"),
          entry(
              "dcm4che/resources/no_preamble_dicm_in_data.dcm",
              "has DICM inside a value, which pydicom takes for the magic after a preamble"));

  @TempDir Path folder;

  @Test
  void givenEverySample_whenReadByBoth_thenTheSameElementsAreFound() throws Exception {
    Map<Path, String> theirs = pydicomTags();
    Map<String, String> differences = new TreeMap<>();
    for (Path file : TestFiles.all()) {
      String ours = tags(file).orElse("");
      String name = TestFiles.root().relativize(file).toString();
      if (!ours.equals(theirs.getOrDefault(file, ""))) {
        differences.put(name, OTHERWISE_READ.getOrDefault(name, "not looked into"));
      }
    }
    assertThat(differences).isEqualTo(new TreeMap<>(OTHERWISE_READ));
  }

  private static Optional<String> tags(Path file) {
    try (DicomInputStream in = DicomInputStream.ofFile(file)) {
      return Optional.of(
          StreamSupport.stream(in.readDataSet().spliterator(), false)
              .filter(element -> Tag.element(element.tag()) != 0)
              .map(element -> Tag.toHex(element.tag()))
              .collect(Collectors.joining(" ")));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private Map<Path, String> pydicomTags() throws Exception {
    Path python = Path.of("/usr/bin/python3");
    assumeTrue(
        Files.isExecutable(python)
            && TestFiles.run(List.of(python.toString(), "-c", "import pydicom")).status() == 0,
        "skipped: python3-pydicom is not installed");
    Path list = folder.resolve("list");
    Files.write(list, TestFiles.all().stream().map(Path::toString).toList());
    Process process =
        new ProcessBuilder(python.toString(), "src/test/python/tags.py")
            .redirectInput(list.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    Map<Path, String> tags = new HashMap<>();
    try (var lines = process.inputReader()) {
      lines
          .lines()
          .map(line -> line.split("\t", 2))
          .forEach(line -> tags.put(Path.of(line[0]), line[1]));
    }
    assertThat(process.waitFor()).isZero();
    return tags;
  }
}
