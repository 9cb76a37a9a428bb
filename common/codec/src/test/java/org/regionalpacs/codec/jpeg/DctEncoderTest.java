package org.regionalpacs.codec.jpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

class DctEncoderTest {
  private static final String BASELINE = UID.JPEGBaseline8Bit;
  private static final String EXTENDED = UID.JPEGExtended12Bit;

  @TempDir Path folder;

  private static ImageDescription image(Photometric photometric, int allocated, int stored) {
    return new ImageDescription(53, 46, photometric, allocated, stored, stored - 1, false, false);
  }

  /** Waves of all kinds, up to the ends of the range. */
  private static Samples waves(ImageDescription image) {
    int size = image.bitsAllocated() / 8;
    int channels = image.photometric().samples();
    byte[] bytes = new byte[(int) image.frameBytes()];
    for (int i = 0; i < bytes.length / size; i++) {
      int x = i / channels % image.columns();
      int y = i / channels / image.columns();
      double wave = Math.sin(x / (3.0 + i % channels)) * Math.cos(y / 5.0 + i % channels);
      int value = (int) Math.round((wave + 1) / 2 * image.greatest());
      bytes[i * size] = (byte) value;
      if (size > 1) {
        bytes[i * size + 1] = (byte) (value >> 8);
      }
    }
    return Samples.of(image, bytes);
  }

  private static FrameEncoder encoder(String syntax) {
    return FrameEncoders.of(syntax).orElseThrow();
  }

  private static EncodedFrame encode(Samples samples, String syntax, int quality)
      throws CodecException {
    return encoder(syntax).encode(samples, syntax, EncoderOptions.of(new Quality.Percent(quality)));
  }

  private static Samples decode(EncodedFrame frame) throws CodecException {
    return FrameDecoders.of(BASELINE).orElseThrow().decode(frame.bytes(), BASELINE, frame.image());
  }

  /** Noise in relation to the greatest sample. */
  private static double decibels(Samples one, Samples other) {
    double squares = 0;
    for (int i = 0; i < one.image().pixels(); i++) {
      squares += Math.pow(one.value(i, 0) - other.value(i, 0), 2);
    }
    double greatest = one.image().greatest();
    return 10 * Math.log10(greatest * greatest * one.image().pixels() / squares);
  }

  @ParameterizedTest(name = "{0} of {1} bits, quality {2}: {3} at most")
  @CsvSource({
    "1.2.840.10008.1.2.4.50, 8, 100, 2",
    "1.2.840.10008.1.2.4.50, 8, 95, 9",
    "1.2.840.10008.1.2.4.50, 6, 90, 15",
    "1.2.840.10008.1.2.4.51, 8, 100, 2",
    "1.2.840.10008.1.2.4.51, 12, 100, 2",
    "1.2.840.10008.1.2.4.51, 10, 95, 9"
  })
  void givenGrey_thenNoSampleDiffersByMoreAndDcmtkDecodesTheSame(
      String syntax, int stored, int quality, int most) throws Exception {
    int allocated = stored > 8 ? 16 : 8;
    Samples samples = waves(image(Photometric.MONOCHROME1, allocated, stored));
    EncodedFrame frame = encode(samples, syntax, quality);
    Path dcmtk = folder.resolve("dcmtk.dcm");
    Path file = Written.file(folder.resolve("jpeg.dcm"), frame, syntax);

    assertThat(frame.image().bitsStored()).isEqualTo(allocated == 8 ? 8 : 12);
    assertThat(frame.image().photometric()).isEqualTo(Photometric.MONOCHROME1);
    assertThat(Agreement.difference(decode(frame), samples)).isBetween(1L, (long) most);
    assertThat(ExternalTool.named("dcmdjpeg").run("--conv-never", file, dcmtk).code()).isZero();
    assertThat(Agreement.difference(decode(frame), Agreement.samples(dcmtk, 1))).isZero();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"RGB", "YBR_FULL", "YBR_FULL_422"})
  void givenColor_thenItBecomesLuminanceAndSharedChromaAndDcmtkDecodesTheSame(
      Photometric photometric) throws Exception {
    Samples samples = waves(image(photometric, 8, 8));
    EncodedFrame frame = encode(samples, BASELINE, 100);
    Samples ours = decode(frame);

    assertThat(frame.image().photometric()).isEqualTo(Photometric.YBR_FULL_422);
    assertThat(ours.image().photometric()).isEqualTo(Photometric.YBR_FULL);
    Path file = Written.file(folder.resolve("jpeg.dcm"), frame, BASELINE);
    Path dcmtk = folder.resolve("dcmtk.dcm");
    assertThat(ExternalTool.named("dcmdjpeg").run("--conv-never", file, dcmtk).code()).isZero();
    assertThat(ExternalTool.named("dciodvfy").run(file).output())
        .doesNotContain("Photometric", "JPEG");
    assertThat(Agreement.difference(ours, Agreement.samples(dcmtk, 1))).isZero();
    for (int pixel = 0; pixel < samples.image().pixels(); pixel++) {
      assertThat((double) ours.value(pixel, 0))
          .isBetween(luminance(samples, pixel) - 2, luminance(samples, pixel) + 2);
    }
  }

  private static double luminance(Samples samples, int pixel) {
    return samples.image().photometric() == Photometric.RGB
        ? 0.299 * samples.value(pixel, 0)
            + 0.587 * samples.value(pixel, 1)
            + 0.114 * samples.value(pixel, 2)
        : samples.value(pixel, 0);
  }

  @Test
  void givenOneColor_thenItsChromaIsThatOfTheStandard() throws Exception {
    ImageDescription image = image(Photometric.RGB, 8, 8);
    byte[] bytes = new byte[(int) image.frameBytes()];
    for (int i = 0; i < bytes.length; i += 3) {
      bytes[i] = (byte) 200;
      bytes[i + 1] = 100;
      bytes[i + 2] = 30;
    }
    Samples back = decode(encode(Samples.of(image, bytes), BASELINE, 100));

    // PS3.3 C.7.6.3.1.2: 0.299, 0.587, 0.114; -0.1687, -0.3313, 0.5; 0.5, -0.4187, -0.0813.
    assertThat(back.value(777, 0)).isBetween(121L, 123L);
    assertThat(back.value(777, 1)).isBetween(75L, 77L);
    assertThat(back.value(777, 2)).isBetween(182L, 185L);
  }

  @Test
  void givenALowerQuality_thenItIsSmallerAndWorse() throws Exception {
    ImageDescription large =
        new ImageDescription(300, 310, Photometric.MONOCHROME2, 8, 8, 7, false, false);
    Samples samples = Written.picture(large);
    int before = Integer.MAX_VALUE;
    double better = 100;
    for (int quality : new int[] {100, 90, 50, 10, 1}) {
      EncodedFrame frame = encode(samples, BASELINE, quality);
      double noise = decibels(decode(frame), samples);

      assertThat(frame.bytes().length).isLessThan(before);
      assertThat(noise).isLessThan(better);
      before = frame.bytes().length;
      better = noise;
    }
    assertThat(before).isLessThan((int) large.frameBytes() / 20);
  }

  @Test
  void givenSmallImages_thenTheyComeBack() throws Exception {
    for (int[] side : new int[][] {{1, 1}, {1, 3}, {7, 9}, {8, 16}, {17, 8}}) {
      for (Photometric photometric : new Photometric[] {Photometric.MONOCHROME2, Photometric.RGB}) {
        ImageDescription image =
            new ImageDescription(side[0], side[1], photometric, 8, 8, 7, false, false);
        byte[] bytes = new byte[(int) image.frameBytes()];
        Arrays.fill(bytes, (byte) 90);
        Samples back = decode(encode(Samples.of(image, bytes), BASELINE, 100));

        assertThat(back.value((int) image.pixels() - 1, 0)).isBetween(89L, 91L);
      }
    }
  }

  @Test
  void givenWhatJpegHasNot_thenItIsRefusedBeforeAnythingIsDone() {
    EncoderOptions good = EncoderOptions.of(new Quality.Percent(90));
    ImageDescription grey = image(Photometric.MONOCHROME2, 8, 8);
    ImageDescription signed =
        new ImageDescription(8, 8, Photometric.MONOCHROME2, 8, 8, 7, true, false);

    assertThat(refusal(BASELINE, grey, EncoderOptions.LOSSLESS)).contains("always lossy");
    assertThat(refusal(BASELINE, grey, EncoderOptions.of(new Quality.Ratio(3))))
        .contains("quality from 1 to 100");
    assertThat(refusal(BASELINE, signed, good)).contains("sign");
    assertThat(refusal(BASELINE, image(Photometric.MONOCHROME2, 16, 12), good))
        .isEqualTo("baseline JPEG isn't of 12 bits in 16 allocated");
    assertThat(refusal(EXTENDED, image(Photometric.MONOCHROME2, 16, 13), good)).contains("13 bits");
    assertThat(refusal(EXTENDED, image(Photometric.RGB, 16, 12), good)).contains("color");
    assertThat(refusal(BASELINE, image(Photometric.RGB, 8, 6), good)).contains("6 bits", "color");
    assertThat(refusal(EXTENDED, image(Photometric.MONOCHROME2, 32, 12), good)).contains("32");
    assertThat(refusal(BASELINE, image(Photometric.MONOCHROME2, 1, 1), good)).contains("1 alloc");
    assertThat(refusal(BASELINE, image(Photometric.PALETTE_COLOR, 8, 8), good)).contains("palette");
    assertThat(refusal(BASELINE, image(Photometric.YBR_ICT, 8, 8), good)).contains("YBR_ICT");
    assertThatThrownBy(() -> new Quality.Percent(101)).hasMessageContaining("1 to 100");
  }

  private static String refusal(String syntax, ImageDescription image, EncoderOptions options) {
    try {
      return "encoded as " + encoder(syntax).encoded(image, syntax, options);
    } catch (UnsupportedImageException e) {
      return e.getMessage();
    }
  }
}
