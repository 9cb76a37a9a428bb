package org.regionalpacs.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.io.DicomInputStream;
import org.regionalpacs.test.Testdata;

/** Native and RLE samples are shown as pydicom and numpy show them. */
class PydicomAgreementTest {
  private static final Set<String> JPEG =
      Set.of(
          UID.JPEGBaseline8Bit,
          UID.JPEGExtended12Bit,
          UID.JPEGSpectralSelectionNonHierarchical68,
          UID.JPEGFullProgressionNonHierarchical1012,
          UID.JPEGLossless,
          UID.JPEGLosslessSV1);
  private static final long MAX_SIZE = 6_000_000;

  @TempDir Path folder;

  @Test
  void givenEverySample_whenShown_thenEveryPixelIsThatOfPydicom() throws Exception {
    List<Path> files =
        Testdata.dicomFiles().stream().filter(PydicomAgreementTest::isNative).toList();
    List<String> differences = new ArrayList<>();
    List<String> expected = pydicom(files);
    for (String line : expected) {
      String[] field = line.split("\t");
      Path file = files.get(Integer.parseInt(field[0]));
      byte[] levels = Files.readAllBytes(folder.resolve(field[0] + "-" + field[1] + ".raw"));
      String difference = compare(file, field, levels);
      if (!difference.isEmpty()) {
        differences.add(Testdata.folder().relativize(file) + " " + field[1] + ": " + difference);
      }
    }
    assertThat(differences).isEmpty();
    assertThat(expected).hasSizeGreaterThan(150);
  }

  private static String compare(Path file, String[] field, byte[] levels) {
    try {
      Shown shown = Shown.of(file, Integer.parseInt(field[1]));
      int rounded = shown.differences(levels, 0);
      int wrong = shown.differences(levels, 1);
      // Halves are rounded up or down as the order of the operations has it.
      return wrong > 0 || rounded > levels.length / 500 ? rounded + ", " + wrong : "";
    } catch (IOException | RuntimeException e) {
      return e.toString();
    }
  }

  private static boolean isNative(Path file) {
    try (DicomInputStream in = DicomInputStream.ofFile(file)) {
      String syntax = in.transferSyntax();
      boolean broken = file.toString().contains("/broken/");
      boolean jpeg = JPEG.contains(syntax);
      return !broken
          && !jpeg
          && Files.size(file) < MAX_SIZE
          && FrameDecoders.of(syntax).isPresent()
          && !(syntax.equals(UID.ExplicitVRBigEndian) && swappedOtherwise(in));
    } catch (IOException e) {
      return false;
    }
  }

  /** PS3.5 8.1.1: words are swapped, as DCMTK does; pydicom swaps samples. */
  private static boolean swappedOtherwise(DicomInputStream in) throws IOException {
    return in.readDataSetUntil(Tag.FloatPixelData).getInt(Tag.BitsAllocated, 16) != 16;
  }

  private List<String> pydicom(List<Path> files) throws Exception {
    Path python = Path.of("/usr/bin/python3");
    assumeTrue(
        Files.isExecutable(python)
            && new ProcessBuilder(python.toString(), "-c", "import pydicom, numpy")
                    .start()
                    .waitFor()
                == 0,
        "skipped: python3-pydicom or python3-numpy is not installed");
    Path list = Files.write(folder.resolve("files"), files.stream().map(Path::toString).toList());
    Process process =
        new ProcessBuilder(python.toString(), "src/test/python/shown.py", folder.toString())
            .redirectInput(list.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    byte[] printed = process.getInputStream().readAllBytes();
    return new String(printed, StandardCharsets.UTF_8).lines().toList();
  }
}
