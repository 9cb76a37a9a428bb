package org.regionalpacs.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.regionalpacs.codec.display.VoiFunction;
import org.regionalpacs.codec.display.Window;
import org.regionalpacs.test.ExternalTool;
import org.regionalpacs.test.Testdata;

/** Windows that are asked for show what DCMTK's {@code dcm2pnm} shows. */
class DcmtkWindowTest {
  @TempDir Path folder;

  @ParameterizedTest(name = "{0}: {1}, {2}, {3}")
  @CsvSource({
    "synthetic/ts/explicit_ct.dcm, 40, 400, LINEAR",
    "synthetic/ts/bigendian_ct.dcm, -600, 1500, LINEAR",
    "synthetic/ts/deflated_ct.dcm, 40, 80, SIGMOID",
    "synthetic/ts/rle_ct.dcm, 300.5, 2000, LINEAR",
    "pydicom/test_files/MR_small.dcm, 600, 1600, LINEAR",
    "pydicom/test_files/MR_small_bigendian.dcm, 600, 1600, SIGMOID",
    "pydicom-data/data/emri_small.dcm, 200, 450, LINEAR",
    "dcm4che/resources/NM-MONO2-16-13x-heart.dcm, 100, 200, LINEAR",
    "highdicom/test_files/dx_image.dcm, 128, 100, LINEAR"
  })
  void givenAWindow_thenEveryLevelIsThatOfDcmtk(
      String sample, double center, double width, VoiFunction function) throws IOException {
    Path file = Testdata.path(sample);
    ExternalTool dcm2pnm = ExternalTool.named("dcm2pnm");
    Path pgm = folder.resolve("shown.pgm");
    String how = function == VoiFunction.SIGMOID ? "+Wfs" : "+Wfl";
    assertThat(dcm2pnm.run("-O", "+Ww", center, width, how, "+op", file, pgm).code()).isZero();

    Shown ours = Shown.of(file, 1, Optional.of(new Window(center, width, function)));

    byte[] theirs = Files.readAllBytes(pgm);
    byte[] levels = Arrays.copyOfRange(theirs, theirs.length - ours.levels().length, theirs.length);
    assertThat(ours.differences(levels, 1)).isZero();
  }
}
