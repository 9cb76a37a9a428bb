package org.regionalpacs.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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

  @ParameterizedTest(name = "predictor {0}")
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
  void givenWhatDcmtkEncodesWithoutLoss_thenItComesBack(int predictor) throws Exception {
    ExternalTool dcmcjpeg = ExternalTool.named("dcmcjpeg");
    List<Samples> pictures =
        List.of(
            picture(Photometric.MONOCHROME2, 8, false),
            picture(Photometric.MONOCHROME2, 12, false),
            picture(Photometric.MONOCHROME2, 16, true),
            picture(Photometric.RGB, 8, false));
    for (Samples samples : pictures) {
      Path file = Written.file(folder.resolve("native.dcm"), samples);
      Path coded = folder.resolve("coded.dcm");
      ExternalTool.Outcome outcome =
          dcmcjpeg.run("--encode-lossless", "--selection-value", predictor, file, coded);

      assertThat(outcome.code()).as(outcome.output()).isZero();
      assertThat(Agreement.syntax(coded)).isEqualTo(UID.JPEGLossless);
      assertThat(Agreement.difference(Agreement.samples(coded, 1), samples)).isZero();
    }
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"--encode-extended", "--encode-spectral", "--encode-progressive"})
  void givenWhatDcmtkEncodesIn12Bits_thenEverySampleIsThatOfDcmtk(String process) throws Exception {
    Path file =
        Written.file(folder.resolve("native.dcm"), picture(Photometric.MONOCHROME2, 12, false));
    Path coded = folder.resolve("coded.dcm");
    Path back = folder.resolve("back.dcm");
    ExternalTool.Outcome outcome =
        ExternalTool.named("dcmcjpeg").run(process, "--bits-force-12", file, coded);
    ExternalTool.named("dcmdjpeg").run(coded, back);

    assertThat(outcome.code()).as(outcome.output()).isZero();
    assertThat(JpegHeader.of(Agreement.frame(coded, 1)).precision()).isEqualTo(12);
    assertThat(Agreement.difference(Agreement.samples(coded, 1), Agreement.samples(back, 1)))
        .isZero();
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"--nonstd-444", "--sample-422", "--nonstd-422-full", "--nonstd-411"})
  void givenColorIn12BitsWithCoarserChroma_thenEverySampleIsThatOfDcmtk(String sampling)
      throws Exception {
    ExternalTool dcmcjpeg = ExternalTool.named("dcmcjpeg");
    for (int columns : new int[] {38, 37, 3}) {
      ImageDescription image =
          new ImageDescription(51, columns, Photometric.RGB, 16, 12, 11, false, false);
      Path file = Written.file(folder.resolve("native.dcm"), Written.picture(image));
      Path coded = folder.resolve("coded.dcm");
      Path back = folder.resolve("back.dcm");
      ExternalTool.Outcome outcome =
          dcmcjpeg.run("--encode-extended", "--bits-force-12", sampling, file, coded);
      ExternalTool.named("dcmdjpeg").run("--conv-never", coded, back);

      assertThat(outcome.code()).as(outcome.output()).isZero();
      assertThat(JpegHeader.of(Agreement.frame(coded, 1)).precision()).isEqualTo(12);
      assertThat(Agreement.difference(Agreement.samples(coded, 1), Agreement.allBits(back, 1)))
          .isZero();
    }
  }

  private static Samples picture(Photometric photometric, int stored, boolean signed) {
    int allocated = stored > 8 ? 16 : 8;
    return Written.picture(
        new ImageDescription(50, 38, photometric, allocated, stored, stored - 1, signed, false));
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
