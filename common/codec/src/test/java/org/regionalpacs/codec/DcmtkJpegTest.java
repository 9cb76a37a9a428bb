package org.regionalpacs.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.test.ExternalTool;
import org.regionalpacs.test.Testdata;

/** Frames in JPEG decode to the samples that DCMTK decompresses. */
class DcmtkJpegTest {
  private static final Set<String> LOSSLESS = Set.of(UID.JPEGLossless, UID.JPEGLosslessSV1);
  private static final Set<String> DCT =
      Set.of(
          UID.JPEGExtended12Bit,
          UID.JPEGSpectralSelectionNonHierarchical68,
          UID.JPEGFullProgressionNonHierarchical1012);

  @TempDir Path folder;

  @Test
  void givenEveryLosslessSample_thenEverySampleIsThatOfDcmtk() throws Exception {
    assertThat(differences(LOSSLESS, 16)).isEmpty();
  }

  @Test
  void givenEveryExtendedAndProgressiveSample_thenEverySampleIsThatOfDcmtk() throws Exception {
    assertThat(differences(DCT, 10)).isEmpty();
  }

  private List<String> differences(Set<String> syntaxes, int least) {
    ExternalTool dcmdjpeg = ExternalTool.named("dcmdjpeg");
    List<String> differences = new ArrayList<>();
    int compared = 0;
    for (Path file : Agreement.files(syntaxes)) {
      Path decompressed = folder.resolve("native.dcm");
      ExternalTool.Outcome outcome = dcmdjpeg.run("--conv-never", file, decompressed);
      String name = Testdata.folder().relativize(file).toString();
      if (outcome.code() != 0) {
        differences.add(name + ": " + outcome.output());
        continue;
      }
      try {
        for (int frame : Agreement.ends(file)) {
          Samples ours = Agreement.samples(file, frame);
          // Lossy samples of DCMTK may have more bits than are stored.
          Samples theirs =
              ours.image().signed() || syntaxes == LOSSLESS
                  ? Agreement.samples(decompressed, frame)
                  : Agreement.allBits(decompressed, frame);
          long difference = Agreement.difference(ours, theirs);
          if (difference > 0) {
            differences.add(name + " " + frame + ": " + difference);
          }
          compared++;
        }
      } catch (IOException e) {
        differences.add(name + ": " + e);
      }
    }
    assertThat(compared).isGreaterThan(least);
    return differences;
  }
}
