package org.regionalpacs.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;

class DecodersTest {

  private static long[] channel(Samples samples, int channel) {
    return LongStream.range(0, samples.image().pixels())
        .map(pixel -> samples.value((int) pixel, channel))
        .toArray();
  }

  @Test
  void givenBitsThatDoNotCount_thenTheyAreMaskedAndTheSignIsThatOfTheStoredOnes()
      throws CodecException {
    Attributes image = Images.row(3, "MONOCHROME2", 16, 12);

    assertThat(channel(Images.samples(image, 0xF123, 0x0800, 0x8FFF), 0))
        .containsExactly(0x123, 0x800, 0xFFF);
    image.setInt(Tag.PixelRepresentation, 1);
    assertThat(channel(Images.samples(image, 0xF123, 0x0800, 0x8FFF), 0))
        .containsExactly(0x123, -2048, -1);
    image.setInt(Tag.HighBit, 15);
    assertThat(channel(Images.samples(image, 0x123F, 0x8000, 0xFFF8), 0))
        .containsExactly(0x123, -2048, -1);
  }

  @Test
  void given32Bits_thenTheGreatestIsNotNegative() throws CodecException {
    Attributes image = Images.row(2, "MONOCHROME2", 32, 32);

    assertThat(channel(Images.samples(image, -1, 7), 0)).containsExactly(0xFFFF_FFFFL, 7);
  }

  @Test
  void givenOneBitAPixel_thenTheLowestIsTheFirst() throws CodecException {
    Attributes image = Images.row(10, "MONOCHROME2", 1, 1);

    assertThat(channel(Images.samples(image, 0b0000_0101, 0b10), 0))
        .containsExactly(1, 0, 1, 0, 0, 0, 0, 0, 0, 1);
  }

  @Test
  void givenPlanesOrPixels_thenTheSamplesAreTheSame() throws CodecException {
    Attributes image = Images.row(2, "RGB", 8, 8);
    Samples pixels = Images.samples(image, 1, 2, 3, 4, 5, 6);
    Samples planes = Images.samples(image.setInt(Tag.PlanarConfiguration, 1), 1, 4, 2, 5, 3, 6);

    for (int channel = 0; channel < 3; channel++) {
      assertThat(channel(planes, channel)).isEqualTo(channel(pixels, channel));
    }
  }

  @Test
  void givenYbrFull422_thenTwoPixelsShareTheirChroma() throws CodecException {
    Samples samples = Images.samples(Images.row(4, "YBR_FULL_422", 8, 8), 1, 2, 9, 8, 3, 4, 7, 6);

    assertThat(channel(samples, 0)).containsExactly(1, 2, 3, 4);
    assertThat(channel(samples, 1)).containsExactly(9, 9, 7, 7);
    assertThat(channel(samples, 2)).containsExactly(8, 8, 6, 6);
  }

  @ParameterizedTest(name = "{0} of {1} bits")
  @CsvSource({
    "YBR_RCT, 8, UnsupportedImageException",
    "YBR_FULL_422, 16, UnsupportedImageException",
    "MONOCHROME2, 64, UnsupportedImageException",
    "CMYK, 8, UnsupportedImageException",
    "MONOCHROME2, 32, CorruptFrameException"
  })
  void givenAnImageThatCanNotBe_thenAClearException(String photometric, int bits, String name) {
    Attributes image = Images.row(2, photometric, bits, bits);

    assertThatThrownBy(() -> Images.decode(UID.ExplicitVRLittleEndian, image, new byte[6]))
        .isInstanceOf(CodecException.class)
        .extracting(failure -> failure.getClass().getSimpleName())
        .isEqualTo(name);
  }

  @Test
  void givenAHugeImage_thenItIsRefusedBeforeAnythingIsAllocated() {
    Attributes image = Images.row(65535, "RGB", 32, 32).setInt(Tag.Rows, 65535);

    assertThatThrownBy(() -> ImageDescription.of(image))
        .isInstanceOf(UnsupportedImageException.class);
  }

  @Test
  void givenNoPhotometricInterpretation_thenTheUsualOne() throws CodecException {
    Attributes image = Images.row(2, "MONOCHROME1", 8, 8).remove(Tag.PhotometricInterpretation);

    assertThat(ImageDescription.of(image).photometric()).isEqualTo(Photometric.MONOCHROME2);
  }

  private static byte[] rle(int... packed) {
    byte[] frame = new byte[64 + packed.length];
    frame[0] = 1;
    frame[4] = 64;
    for (int i = 0; i < packed.length; i++) {
      frame[64 + i] = (byte) packed[i];
    }
    return frame;
  }

  @Test
  void givenRunsLiteralsAndNoOperation_thenRleIsUnpacked() throws CodecException {
    Attributes image = Images.row(6, "MONOCHROME2", 8, 8);
    Samples samples = Images.decode(UID.RLELossless, image, rle(-2, 7, 0x80, 2, 1, 2, 3, 0));

    assertThat(channel(samples, 0)).containsExactly(7, 7, 7, 1, 2, 3);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"cut run, '-2'", "cut literal, '5,1'", "nothing, ''", "only no operation, '128,128'"})
  void givenARleSegmentThatIsCut_thenItIsCorrupt(String name, String packed) {
    int[] bytes =
        packed.isEmpty()
            ? new int[0]
            : Arrays.stream(packed.split(",")).mapToInt(Integer::parseInt).toArray();
    Attributes image = Images.row(6, "MONOCHROME2", 8, 8);

    assertThatThrownBy(() -> Images.decode(UID.RLELossless, image, rle(bytes)))
        .isInstanceOf(CorruptFrameException.class);
  }

  @Test
  void givenRleSegmentsElsewhere_thenTheyAreCorrupt() {
    Attributes image = Images.row(6, "MONOCHROME2", 8, 8);
    byte[] outside = rle(-5, 1);
    outside[5] = 1;
    byte[] several = rle(-5, 1);
    several[0] = 2;
    for (byte[] frame : new byte[][] {outside, several, new byte[10]}) {
      assertThatThrownBy(() -> Images.decode(UID.RLELossless, image, frame))
          .isInstanceOf(CorruptFrameException.class);
    }
  }

  private static byte[] jpeg(int columns, int rows) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(columns, rows, BufferedImage.TYPE_BYTE_GRAY), "jpeg", out);
    return out.toByteArray();
  }

  @Test
  void givenAJpegOfAnotherSize_thenItIsNotDecoded() throws IOException {
    byte[] frame = jpeg(4, 1);
    Attributes image = Images.row(5, "MONOCHROME2", 8, 8);

    assertThatThrownBy(() -> Images.decode(UID.JPEGBaseline8Bit, image, frame))
        .isInstanceOf(CorruptFrameException.class)
        .hasMessageContaining("4 x 1 pixels of 1 samples instead of 5 x 1");
  }

  @Test
  void givenAJpegOf10Bits_thenItIsSaidNotToBeSupported() throws IOException {
    byte[] frame = jpeg(4, 1);
    int header = sof(frame);
    frame[header + 4] = 10;

    assertThatThrownBy(
            () -> Images.decode(UID.JPEGExtended12Bit, Images.row(4, "MONOCHROME2", 16, 12), frame))
        .isInstanceOf(UnsupportedImageException.class)
        .hasMessageContaining("10 bits");
  }

  @Test
  void givenAJpegCutAnywhere_thenItIsCorruptOrDecoded() throws IOException {
    byte[] frame = jpeg(40, 40);
    Attributes image = Images.row(40, "MONOCHROME2", 8, 8).setInt(Tag.Rows, 40);
    for (int length = 0; length < sof(frame) + 8; length++) {
      byte[] cut = Arrays.copyOf(frame, length);
      assertThatThrownBy(() -> Images.decode(UID.JPEGBaseline8Bit, image, cut))
          .isInstanceOf(CorruptFrameException.class);
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({UID.JPEGBaseline8Bit, UID.RLELossless})
  void givenAnyBytesChanged_thenTheFrameIsDecodedOrRefused(String syntax) throws IOException {
    int[] packed = new int[80];
    Arrays.setAll(packed, i -> i % 2 == 0 ? -39 : i);
    byte[] frame = syntax.equals(UID.RLELossless) ? rle(packed) : jpeg(40, 40);
    Attributes image = Images.row(40, "MONOCHROME2", 8, 8).setInt(Tag.Rows, 40);
    assertThat(Images.decode(syntax, image, frame).value(1599, 0)).isNotNegative();
    Random random = new Random(7);
    for (int round = 0; round < 3000; round++) {
      byte[] changed = frame.clone();
      for (int i = random.nextInt(4); i >= 0; i--) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt();
      }
      try {
        assertThat(Images.decode(syntax, image, changed).image().pixels()).isEqualTo(1600);
      } catch (CodecException refused) {
        assertThat(refused).hasMessageNotContaining("null");
      }
    }
  }

  private static int sof(byte[] frame) {
    for (int at = 0; ; at++) {
      if (frame[at] == (byte) 0xFF && frame[at + 1] == (byte) 0xC0) {
        return at;
      }
    }
  }
}
