package org.regionalpacs.wado.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.regionalpacs.wado.web.BadParameterException;

/** PS3.18 8.3.5.1.3. */
class ViewportTest {

  /** A frame whose pixels are 10 * row + column. */
  private static BufferedImage frame(int columns, int rows) {
    BufferedImage frame = new BufferedImage(columns, rows, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < rows; y++) {
      for (int x = 0; x < columns; x++) {
        frame.getRaster().setSample(x, y, 0, 10 * y + x);
      }
    }
    return frame;
  }

  private static String shown(String viewport, BufferedImage frame) {
    BufferedImage picture = Viewport.parse(viewport, 1 << 20).show(frame);
    StringBuilder text = new StringBuilder();
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < picture.getWidth(); x++) {
        text.append(picture.getRaster().getSample(x, y, 0)).append(' ');
      }
      text.append('/');
    }
    return text.toString();
  }

  @ParameterizedTest(name = "viewport={0}")
  @CsvSource({
    "'3,2', '0 1 2 /10 11 12 /'",
    "'2,2,1,0,2,2', '1 2 /11 12 /'",
    "'2,1,1,1', '11 12 /'",
    "'3,2,,,-3', '2 1 0 /12 11 10 /'",
    "'3,2,,,,-2', '10 11 12 /0 1 2 /'",
    "'2,1,1,0,-2,-1', '2 1 /'",
    "'2,2,1,0,99,99', '1 2 /11 12 /'"
  })
  void givenAViewport_thenTheRegionIsCutOutAndFlipped(String viewport, String expected) {
    assertThat(shown(viewport, frame(3, 2))).isEqualTo(expected);
  }

  @ParameterizedTest(name = "viewport={0}: {1} x {2}")
  @CsvSource({
    "'50,100', 50, 25",
    "'100,10', 20, 10",
    "'400,400', 400, 200",
    "'1,1', 1, 1",
    "'100,100,0,0,50,50', 100, 100"
  })
  void givenAnyViewport_thenThePictureFitsAndKeepsItsProportions(
      String viewport, int width, int height) {
    BufferedImage picture = Viewport.parse(viewport, 1 << 20).show(frame(100, 50));

    assertThat(picture.getWidth()).isEqualTo(width);
    assertThat(picture.getHeight()).isEqualTo(height);
  }

  @Test
  void givenAMuchSmallerPicture_thenEveryPixelHasItsShare() {
    BufferedImage frame = new BufferedImage(64, 64, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 64 * 64; i++) {
      frame.getRaster().setSample(i % 64, i / 64, 0, (i % 64 + i / 64) % 2 * 200);
    }
    BufferedImage picture = Viewport.of(4, 4).show(frame);

    for (int i = 0; i < 16; i++) {
      assertThat(picture.getRaster().getSample(i % 4, i / 4, 0)).isBetween(95, 105);
    }
  }

  @Test
  void givenARegionOutsideOfTheImage_thenItIsRefused() {
    assertThatThrownBy(() -> Viewport.parse("10,10,3,0", 1 << 20).show(frame(3, 2)))
        .isInstanceOf(BadParameterException.class);
  }
}
