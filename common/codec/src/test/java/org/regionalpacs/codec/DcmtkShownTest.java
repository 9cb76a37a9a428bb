package org.regionalpacs.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.regionalpacs.test.ExternalTool;
import org.regionalpacs.test.Testdata;

/**
 * Frames are shown as DCMTK's {@code dcm2pnm} shows them.
 *
 * <p>Grey levels may differ by one: DCMTK rounds window, tables and presentation down one after the
 * other, we round once. Of colors out of tables DCMTK keeps the upper byte as we do: none may
 * differ. Of YBR each of three terms is rounded by DCMTK, and the sum once by us: two. Subsampled
 * chroma isn't compared with DCMTK, which repeats it, where the samples are JPEG.
 */
class DcmtkShownTest {
  @TempDir Path folder;

  @ParameterizedTest(name = "{3}: {0} {1}, {2} at most")
  @CsvSource({
    "pydicom-data/data/vlut_04.dcm, +Wl 1, 1, C.11.2.1.1 VOI LUT Sequence",
    "pydicom-data/data/mlut_18.dcm, +Wm, 1, C.11.1.1 Modality LUT Sequence",
    "pydicom/CR1/6154.dcm, +Wi 1, 1, C.7.6.3.1.2 MONOCHROME1",
    "pydicom/CR2/6247.dcm, +Wi 1, 1, C.7.6.3.1.2 MONOCHROME1",
    "highdicom/test_files/dx_image.dcm, +Wi 1, 1, C.11.6 Presentation LUT Shape INVERSE",
    "synthetic/ts/explicit_ct.dcm, +Wi 1, 1, C.11.2.1.2 first window of the object",
    "pydicom/test_files/MR_small.dcm, +Wi 1, 1, C.11.2.1.2 signed",
    "fo-dicom/Test_Data/TestPattern_Palette.dcm, '', 0, C.7.6.3.1.5 entries of 8 bits",
    "fo-dicom/Test_Data/TestPattern_Palette_16.dcm, '', 0, C.7.6.3.1.5 entries of 16 bits",
    "pydicom-data/data/OBXXXX1A_expb.dcm, '', 0, C.7.6.3.1.5 big endian table",
    "pydicom-data/data/OBXXXX1A_rle.dcm, '', 0, C.7.6.3.1.5 RLE",
    "pydicom-data/data/color-pl.dcm, '', 0, C.7.6.3.1.3 by plane",
    "pydicom/test_files/ExplVR_BigEnd.dcm, '', 0, C.7.6.3.1.3 by plane and big endian",
    "pydicom-data/data/SC_ybr_full_uncompressed.dcm, '', 2, C.7.6.3.1.2 YBR_FULL",
    "pydicom/test_files/SC_ybr_full_422_uncompressed.dcm, '', 2, C.7.6.3.1.2 YBR_FULL_422",
    "cornerstone3D/testImages/US-YBR_FULL_422-EVRLE.dcm, '', 2, C.7.6.3.1.2 YBR_FULL_422"
  })
  void givenAnImage_thenEveryLevelIsThatOfDcmtk(
      String sample, String options, int tolerance, String section) throws IOException {
    Path file = Testdata.path(sample);
    ExternalTool dcm2pnm = ExternalTool.named("dcm2pnm");
    Path pnm = folder.resolve("shown.pnm");
    List<Object> arguments = new ArrayList<>(List.of("-O", "+op"));
    arguments.addAll(Arrays.stream(options.split(" ")).filter(o -> !o.isEmpty()).toList());
    arguments.addAll(List.of(file, pnm));
    assertThat(dcm2pnm.run(arguments.toArray()).code()).isZero();

    Shown ours = Shown.of(file, 1);

    byte[] theirs = Files.readAllBytes(pnm);
    byte[] levels = Arrays.copyOfRange(theirs, theirs.length - ours.levels().length, theirs.length);
    assertThat(ours.differences(levels, tolerance)).isZero();
  }
}
