package org.regionalpacs.codec.jpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.regionalpacs.codec.Agreement;
import org.regionalpacs.codec.CodecException;
import org.regionalpacs.codec.EncodedFrame;
import org.regionalpacs.codec.EncoderOptions;
import org.regionalpacs.codec.FrameDecoders;
import org.regionalpacs.codec.FrameEncoder;
import org.regionalpacs.codec.FrameEncoders;
import org.regionalpacs.codec.ImageDescription;
import org.regionalpacs.codec.Photometric;
import org.regionalpacs.codec.Quality;
import org.regionalpacs.codec.Samples;
import org.regionalpacs.codec.UnsupportedImageException;
import org.regionalpacs.codec.Written;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.test.ExternalTool;

class LosslessEncoderTest {
  private static final String LEFT = UID.JPEGLosslessSV1;
  private static final String BEST = UID.JPEGLossless;

  @TempDir Path folder;

  private static ImageDescription image(Photometric photometric, int stored, boolean signed) {
    int allocated = stored > 8 ? 16 : 8;
    return new ImageDescription(40, 37, photometric, allocated, stored, stored - 1, signed, false);
  }

  private static FrameEncoder encoder(String syntax) {
    return FrameEncoders.of(syntax).orElseThrow();
  }

  private static EncodedFrame encode(Samples samples, String syntax) throws CodecException {
    return encoder(syntax).encode(samples, syntax, EncoderOptions.LOSSLESS);
  }

  private static Samples decode(EncodedFrame frame) throws CodecException {
    return FrameDecoders.of(LEFT).orElseThrow().decode(frame.bytes(), LEFT, frame.image());
  }

  private static int predictor(EncodedFrame frame) {
    byte[] bytes = frame.bytes();
    for (int at = 0; ; at++) {
      if (bytes[at] == -1 && bytes[at + 1] == (byte) 0xDA) {
        return bytes[at + 5 + 2 * bytes[at + 4]];
      }
    }
  }

  @ParameterizedTest(name = "signed: {0}")
  @ValueSource(booleans = {false, true})
  void givenAnyNumberOfBits_thenEverySampleComesBack(boolean signed) throws Exception {
    for (int stored = 1; stored <= 16; stored++) {
      Samples samples = Written.picture(image(Photometric.MONOCHROME2, stored, signed));
      for (String syntax : new String[] {LEFT, BEST}) {
        assertThat(Agreement.difference(decode(encode(samples, syntax)), samples))
            .as("%d bits in %s", stored, syntax)
            .isZero();
      }
    }
  }

  @ParameterizedTest(name = "{0}, {1} bits, signed: {2}")
  @CsvSource({
    "MONOCHROME2, 8, false",
    "MONOCHROME1, 12, false",
    "MONOCHROME2, 12, true",
    "MONOCHROME2, 16, true",
    "MONOCHROME2, 16, false",
    "RGB, 8, false",
    "RGB, 16, false",
    "YBR_FULL, 8, false"
  })
  void givenAnyKind_thenEverySampleComesBackFromDcmtkAndGdcm(
      Photometric photometric, int stored, boolean signed) throws Exception {
    Samples samples = Written.picture(image(photometric, stored, signed));
    for (String syntax : new String[] {LEFT, BEST}) {
      EncodedFrame frame = encode(samples, syntax);
      Path file = Written.file(folder.resolve("jpll.dcm"), frame, syntax);
      Path dcmtk = folder.resolve("dcmtk.dcm");
      Path gdcm = folder.resolve("gdcm.dcm");

      assertThat(ExternalTool.named("dcmdjpeg").run("--conv-never", file, dcmtk).code()).isZero();
      assertThat(Agreement.difference(Agreement.samples(dcmtk, 1), samples)).isZero();
      assertThat(ExternalTool.named("gdcmconv").run("--raw", file, gdcm).code()).isZero();
      assertThat(Agreement.difference(Agreement.samples(gdcm, 1), samples)).isZero();
    }
  }

  @Test
  void givenAFreeChoice_thenThePredictorIsTheOneOfTheFewestBits() throws Exception {
    ImageDescription image = image(Photometric.MONOCHROME2, 8, false);
    byte[] columns = new byte[(int) image.frameBytes()];
    Random random = new Random(4);
    for (int x = 0; x < 37; x++) {
      byte level = (byte) random.nextInt();
      for (int y = 0; y < 40; y++) {
        columns[y * 37 + x] = level;
      }
    }
    EncodedFrame left = encode(Samples.of(image, columns), LEFT);
    EncodedFrame best = encode(Samples.of(image, columns), BEST);

    assertThat(predictor(left)).isEqualTo(1);
    assertThat(predictor(best)).isEqualTo(2);
    assertThat(best.bytes().length).isLessThan(left.bytes().length / 4);
    assertThat(decode(best).bytes()).isEqualTo(columns);
  }

  @Test
  void givenLevelsOfVeryUnequalFrequency_thenNoCodeHasMoreThan16Bits() throws Exception {
    ImageDescription image =
        new ImageDescription(200, 1000, Photometric.MONOCHROME2, 16, 16, 15, false, false);
    byte[] bytes = new byte[(int) image.frameBytes()];
    int pixel = 0;
    // Differences of n bits half as often as those of n - 1.
    for (int size = 1; size <= 16; size++) {
      for (int i = 0; i < (1 << 17 >> size) && pixel + 1 < 200_000; i++, pixel += 2) {
        int level = 0x8000 + (1 << size - 1) & 0xFFFF;
        bytes[2 * pixel] = (byte) level;
        bytes[2 * pixel + 1] = (byte) (level >> 8);
        bytes[2 * pixel + 3] = (byte) 0x80;
      }
    }

    assertThat(decode(encode(Samples.of(image, bytes), LEFT)).bytes()).isEqualTo(bytes);
  }

  @Test
  void givenNoiseAndOnePixel_thenTheyComeBack() throws Exception {
    for (int side : new int[] {1, 2, 90}) {
      ImageDescription image =
          new ImageDescription(side, side, Photometric.RGB, 16, 16, 15, false, false);
      byte[] noise = new byte[(int) image.frameBytes()];
      new Random(1).nextBytes(noise);

      assertThat(decode(encode(Samples.of(image, noise), BEST)).bytes()).isEqualTo(noise);
    }
  }

  @Test
  void givenAHighBitAbovePlanesAndSharedChroma_thenTheDescriptionSaysWhatComesOut()
      throws Exception {
    ImageDescription high =
        new ImageDescription(40, 37, Photometric.MONOCHROME1, 16, 12, 15, true, false);
    ImageDescription planes = image(Photometric.RGB, 8, false).inPlanes();
    ImageDescription shared =
        new ImageDescription(4, 6, Photometric.YBR_FULL_422, 8, 8, 7, false, false);
    for (ImageDescription image : new ImageDescription[] {high, planes, shared}) {
      Samples samples = Written.picture(image);
      EncodedFrame frame = encode(samples, LEFT);

      assertThat(frame.image().highBit()).isEqualTo(image.bitsStored() - 1);
      assertThat(frame.image().planar()).isFalse();
      assertThat(frame.image().photometric()).isNotEqualTo(Photometric.YBR_FULL_422);
      assertThat(Agreement.difference(decode(frame), samples)).isZero();
    }
  }

  @ParameterizedTest(name = "{0}, {1} bits allocated")
  @CsvSource({"MONOCHROME2, 1", "MONOCHROME2, 32", "YBR_RCT, 8", "YBR_ICT, 8"})
  void givenAnImageThatJpegHasNot_thenItIsRefusedBeforeAnythingIsDone(
      Photometric photometric, int bits) {
    ImageDescription image =
        new ImageDescription(8, 8, photometric, bits, bits, bits - 1, false, false);

    assertThatThrownBy(() -> encoder(LEFT).encoded(image, LEFT, EncoderOptions.LOSSLESS))
        .isInstanceOf(UnsupportedImageException.class)
        .hasMessageContaining("JPEG");
  }

  @Test
  void givenALossyQualityOrAnInterrupt_thenItStops() {
    Samples samples = Written.picture(image(Photometric.RGB, 8, false));
    EncoderOptions lossy = EncoderOptions.of(new Quality.Ratio(10));

    assertThatThrownBy(() -> encoder(LEFT).encode(samples, LEFT, lossy))
        .hasMessageContaining("always lossless");
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> encode(samples, LEFT)).isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
  }
}
