package org.regionalpacs.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import javax.imageio.ImageIO;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.regionalpacs.codec.display.Display;
import org.regionalpacs.codec.display.FrameAttributes;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;

/** Work whose thread is interrupted ends soon. */
class WantedTest {
  private static void assertStops(ThrowingCallable work) {
    Thread.currentThread().interrupt();
    assertThatThrownBy(work).isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @ParameterizedTest(name = "{0} of {1} bits")
  @CsvSource({"MONOCHROME2, 16", "MONOCHROME2, 32", "MONOCHROME1, 8", "RGB, 8", "YBR_FULL, 8"})
  void givenAnInterrupt_whenAFrameIsShown_thenItStops(String photometric, int bits)
      throws CodecException {
    Attributes image = Images.row(2, photometric, bits, bits);
    Samples samples = Images.samples(image, 1, 2, 3, 4, 5, 6);

    assertStops(() -> Display.show(samples, new FrameAttributes(image, 1), Optional.empty()));
  }

  @Test
  void givenAnInterrupt_whenRleIsDecoded_thenItStops() {
    byte[] frame = new byte[66];
    frame[0] = 1;
    frame[4] = 64;
    frame[64] = -1;

    assertStops(() -> Images.decode(UID.RLELossless, Images.row(2, "MONOCHROME2", 8, 8), frame));
  }

  @Test
  void givenAnInterrupt_whenJpegIsDecoded_thenItStops() throws IOException {
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(64, 640, BufferedImage.TYPE_BYTE_GRAY), "jpeg", jpeg);
    Attributes image = Images.row(64, "MONOCHROME2", 8, 8).setInt(Tag.Rows, 640);

    assertStops(() -> Images.decode(UID.JPEGBaseline8Bit, image, jpeg.toByteArray()));
  }
}
