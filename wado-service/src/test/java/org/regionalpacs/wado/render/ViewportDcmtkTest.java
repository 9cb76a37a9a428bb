package org.regionalpacs.wado.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.regionalpacs.test.ExternalTool;
import org.regionalpacs.test.Testdata;

/**
 * Regions and sizes of pictures, compared with what DCMTK's {@code dcm2pnm} cuts out and scales.
 */
class ViewportDcmtkTest {
  private static final int SIDE = 512;

  @TempDir Path folder;

  private BufferedImage dcmtk(int width, int height, Object... options) throws IOException {
    Path pgm = folder.resolve("dcmtk.pgm");
    List<Object> arguments = new ArrayList<>(List.of("-O", "+op", "+Ww", 1000, 6000));
    arguments.addAll(Arrays.asList(options));
    arguments.addAll(List.of(Testdata.path("synthetic/ts/explicit_ct.dcm"), pgm));
    assertThat(ExternalTool.named("dcm2pnm").run(arguments.toArray()).code()).isZero();
    byte[] bytes = Files.readAllBytes(pgm);
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    byte[] levels = Arrays.copyOfRange(bytes, bytes.length - width * height, bytes.length);
    picture.getRaster().setDataElements(0, 0, width, height, levels);
    return picture;
  }

  private static int[] levels(BufferedImage picture) {
    return picture
        .getRaster()
        .getSamples(0, 0, picture.getWidth(), picture.getHeight(), 0, (int[]) null);
  }

  /** Pixels are cut out, so that none may differ. */
  @ParameterizedTest(name = "8.3.5.1.3: {0},{1},{2},{3}")
  @CsvSource({"0, 0, 64, 32", "170, 255, 33, 20", "500, 511, 12, 1"})
  void givenARegionInPixels_thenItIsWhatDcmtkCutsOut(int left, int top, int width, int height)
      throws IOException {
    Region region = new Region.Pixels(left, top, width, height);

    BufferedImage ours = new Viewport(width, height, region).show(dcmtk(SIDE, SIDE));

    assertThat(levels(ours))
        .isEqualTo(levels(dcmtk(width, height, "+C", left, top, width, height)));
  }

  @Test
  void givenARegionInFractions_thenItIsWhatDcmtkCutsOut() throws IOException {
    Region region = new Region.Fractions(0.25, 0.5, 0.75, 0.625);

    BufferedImage ours = new Viewport(0, 0, region).show(dcmtk(SIDE, SIDE));

    assertThat(levels(ours))
        .as("9.5.1.2.5")
        .isEqualTo(levels(dcmtk(256, 64, "+C", 128, 256, 256, 64)));
  }

  /**
   * With a window that cuts nothing off, as DCMTK scales before it applies it. Both take the mean
   * of the pixels that become one; DCMTK from exact areas, we by halves, each rounded. So a level
   * may be off by a rounding for each half.
   */
  @ParameterizedTest(name = "8.3.5.1.3: 1/{0}, {1} at most")
  @CsvSource({"2, 1", "4, 2", "8, 3"})
  void givenASmallerPicture_thenItIsNearlyThatOfDcmtk(int part, int tolerance) throws IOException {
    int side = SIDE / part;

    int[] ours = levels(Viewport.of(side, side).show(dcmtk(SIDE, SIDE)));

    int[] theirs = levels(dcmtk(side, side, "+Sxv", side, "+i", 1));
    int worst = 0;
    for (int i = 0; i < ours.length; i++) {
      worst = Math.max(worst, Math.abs(ours[i] - theirs[i]));
    }
    assertThat(worst).isLessThanOrEqualTo(tolerance);
  }
}
