package org.regionalpacs.codec.charls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.codec.Agreement;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.test.ExternalTool;
import org.regionalpacs.test.Testdata;

/** JPEG-LS frames decode to the samples that DCMTK decompresses. */
class CharlsAgreementTest {
  @TempDir Path folder;

  @Test
  void givenEverySample_thenEverySampleIsThatOfDcmtk() {
    ExternalTool dcmdjpls = ExternalTool.named("dcmdjpls");
    List<String> differences = new ArrayList<>();
    int compared = 0;
    for (Path file : Agreement.files(Set.of(UID.JPEGLSLossless, UID.JPEGLSNearLossless))) {
      Path decompressed = folder.resolve("native.dcm");
      ExternalTool.Outcome outcome = dcmdjpls.run(file, decompressed);
      String name = Testdata.folder().relativize(file).toString();
      if (name.contains("broken/") || name.endsWith("JLSL_08_07_0_1F.dcm")) {
        // DCMTK refuses samples of 7 bits, and what lacks a delimiter; see givenSevenBits below.
        continue;
      }
      if (outcome.code() != 0) {
        differences.add(name + ": " + outcome.output());
        continue;
      }
      try {
        for (int frame : Agreement.ends(file)) {
          compared++;
          long difference =
              Agreement.difference(
                  Agreement.samples(file, frame), Agreement.samples(decompressed, frame));
          if (difference > 0) {
            differences.add(name + " " + frame + ": " + difference);
          }
        }
      } catch (IOException e) {
        differences.add(name + ": " + e);
      }
    }
    assertThat(differences).isEmpty();
    assertThat(compared).isGreaterThan(30);
  }

  @Test
  void givenSevenBits_thenEverySampleIsThatOfGdcm() throws IOException {
    Path file = Testdata.path("pydicom-data/data/JLSL_08_07_0_1F.dcm");
    Path decompressed = folder.resolve("native.dcm");
    ExternalTool.named("gdcmconv").run("--raw", file, decompressed);

    assertThat(Agreement.difference(Agreement.samples(file, 1), Agreement.samples(decompressed, 1)))
        .isZero();
  }

  @Test
  void givenAFileWithoutADelimiter_thenItsFrameIsThatOfTheWholeOne() throws IOException {
    Path broken = Testdata.path("synthetic/broken/no_seq_delim.dcm");
    Path whole = Testdata.path("synthetic/ts/jls80_ct.dcm");

    assertThat(Agreement.difference(Agreement.samples(broken, 1), Agreement.samples(whole, 1)))
        .isZero();
  }

  @Test
  void givenAFileCutWithinAFrame_thenThatIsCorrupt() {
    Path cut = Testdata.path("synthetic/broken/trunc_encaps.dcm");

    assertThatThrownBy(() -> Agreement.samples(cut, 1)).isInstanceOf(IOException.class);
  }
}
