package org.regionalpacs.codec.openjpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.regionalpacs.codec.Agreement;
import org.regionalpacs.codec.Availability;
import org.regionalpacs.codec.CodecException;
import org.regionalpacs.codec.EncodedFrame;
import org.regionalpacs.codec.EncoderOptions;
import org.regionalpacs.codec.FrameEncoder;
import org.regionalpacs.codec.ImageDescription;
import org.regionalpacs.codec.Photometric;
import org.regionalpacs.codec.Quality;
import org.regionalpacs.codec.Samples;
import org.regionalpacs.codec.UnsupportedImageException;
import org.regionalpacs.codec.Written;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.test.ExternalTool;

class OpenjpegEncoderTest {
  private static final String LOSSLESS = UID.JPEG2000Lossless;
  private static final String LOSSY = UID.JPEG2000;

  @TempDir Path folder;

  @BeforeAll
  static void installed() {
    Availability there = OpenjpegCodec.availability();
    assumeTrue(there.usable(), there.detail());
  }

  private static FrameEncoder encoder() {
    return OpenjpegCodec.encoder().orElseThrow();
  }

  private static ImageDescription image(Photometric photometric, int stored, boolean signed) {
    int allocated = stored > 8 ? 16 : 8;
    return new ImageDescription(70, 61, photometric, allocated, stored, stored - 1, signed, false);
  }

  private static EncodedFrame lossless(Samples samples) throws CodecException {
    return encoder().encode(samples, LOSSLESS, EncoderOptions.LOSSLESS);
  }

  private static Samples decode(EncodedFrame frame) throws CodecException {
    return OpenjpegCodec.decoder().orElseThrow().decode(frame.bytes(), LOSSY, frame.image());
  }

  @ParameterizedTest(name = "signed: {0}")
  @ValueSource(booleans = {false, true})
  void givenAnyNumberOfBits_thenEverySampleComesBack(boolean signed) throws Exception {
    for (int stored = 1; stored <= 16; stored++) {
      Samples samples = Written.picture(image(Photometric.MONOCHROME2, stored, signed));

      assertThat(Agreement.difference(decode(lossless(samples)), samples))
          .as("%d bits", stored)
          .isZero();
    }
  }

  @ParameterizedTest(name = "{0}, {1} bits, signed: {2}")
  @CsvSource({
    "RGB, 8, false, YBR_RCT",
    "RGB, 16, false, YBR_RCT",
    "YBR_FULL, 8, false, YBR_FULL",
    "MONOCHROME1, 12, true, MONOCHROME1",
    "MONOCHROME2, 16, true, MONOCHROME2",
    "MONOCHROME2, 10, false, MONOCHROME2"
  })
  void givenAnyKind_thenEverySampleComesBackHereAndInGdcm(
      Photometric photometric, int stored, boolean signed, Photometric declared) throws Exception {
    Samples samples = Written.picture(image(photometric, stored, signed));
    EncodedFrame frame = lossless(samples);

    assertThat(frame.image().photometric()).isEqualTo(declared);
    assertThat(Agreement.difference(decode(frame), samples)).isZero();
    assertThat(decode(frame).image().photometric()).isEqualTo(photometric);
    Path file = Written.file(folder.resolve("j2k.dcm"), frame, LOSSLESS);
    Path gdcm = folder.resolve("gdcm.dcm");
    assertThat(ExternalTool.named("gdcmconv").run("--raw", file, gdcm).code()).isZero();
    assertThat(Agreement.difference(Agreement.samples(gdcm, 1), samples)).isZero();
  }

  @ParameterizedTest(name = "{0} layers, {1} resolutions, RPCL: {2}")
  @CsvSource({"1, 1, false", "5, 6, true", "12, 33, false"})
  void givenLayersAndResolutions_thenItIsStillLossless(
      int layers, int resolutions, boolean byResolution) throws Exception {
    Samples samples = Written.picture(image(Photometric.RGB, 8, false));
    EncoderOptions options =
        new EncoderOptions(Quality.LOSSLESS, resolutions, layers, byResolution);
    EncodedFrame frame = encoder().encode(samples, LOSSLESS, options);

    assertThat(Agreement.difference(decode(frame), samples)).isZero();
    int style = style(frame.bytes());
    assertThat(frame.bytes()[style + 5]).isEqualTo((byte) (byResolution ? 2 : 0));
    assertThat(frame.bytes()[style + 7]).isEqualTo((byte) layers);
    assertThat(frame.bytes()[style + 9]).isEqualTo((byte) (Math.min(resolutions, 6) - 1));
  }

  private static int style(byte[] bytes) {
    for (int at = 0; ; at++) {
      if (bytes[at] == -1 && bytes[at + 1] == 0x52) {
        return at;
      }
    }
  }

  @ParameterizedTest(name = "{0} : 1")
  @ValueSource(ints = {3, 8, 20})
  void givenARatio_thenTheCodestreamIsAboutThatMuchSmaller(int ratio) throws Exception {
    ImageDescription large = new ImageDescription(300, 310, Photometric.RGB, 8, 8, 7, false, false);
    Samples samples = Written.picture(large);
    EncodedFrame frame =
        encoder().encode(samples, LOSSY, EncoderOptions.of(new Quality.Ratio(ratio)));
    double reached = (double) large.frameBytes() / frame.bytes().length;

    assertThat(reached).isBetween(ratio * 0.9, ratio * 1.5);
    assertThat(frame.image().photometric()).isEqualTo(Photometric.YBR_ICT);
    assertThat(decode(frame).image().photometric()).isEqualTo(Photometric.RGB);
    assertThat(Agreement.difference(decode(frame), samples)).isPositive();
  }

  @ParameterizedTest(name = "{0} dB")
  @ValueSource(ints = {40, 55})
  void givenAPsnr_thenTheNoiseIsNotMuchGreater(int decibels) throws Exception {
    Samples samples = Written.picture(image(Photometric.MONOCHROME2, 12, true));
    EncodedFrame frame =
        encoder().encode(samples, LOSSY, EncoderOptions.of(new Quality.Psnr(decibels)));
    Samples back = decode(frame);
    double squares = 0;
    for (int i = 0; i < samples.image().pixels(); i++) {
      squares += Math.pow(back.value(i, 0) - samples.value(i, 0), 2);
    }
    double reached = 10 * Math.log10(4095.0 * 4095 / (squares / samples.image().pixels()));

    assertThat(reached).isGreaterThan(decibels - 3);
  }

  @Test
  void givenNoiseAndSmallImages_thenTheyComeBack() throws Exception {
    Random random = new Random(2);
    for (int[] side : new int[][] {{1, 1}, {1, 3}, {3, 3}, {17, 1000}, {513, 2}}) {
      ImageDescription image =
          new ImageDescription(side[0], side[1], Photometric.RGB, 16, 16, 15, false, false);
      byte[] noise = new byte[(int) image.frameBytes()];
      random.nextBytes(noise);

      assertThat(decode(lossless(Samples.of(image, noise))).bytes()).isEqualTo(noise);
    }
  }

  @Test
  void givenBoxesAround_thenTheCodestreamInThemIsDecoded() throws Exception {
    Samples samples = Written.picture(image(Photometric.RGB, 8, false));
    EncodedFrame frame = lossless(samples);
    for (boolean large : new boolean[] {false, true}) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(bytes);
      out.writeInt(12);
      out.write("jP  ".getBytes(StandardCharsets.US_ASCII));
      out.writeInt(0x0D0A870A);
      out.writeInt(20);
      out.write("ftypjp2 \0\0\0\0jp2 ".getBytes(StandardCharsets.US_ASCII));
      out.writeInt(large ? 1 : 0);
      out.write("jp2c".getBytes(StandardCharsets.US_ASCII));
      if (large) {
        out.writeLong(16 + frame.bytes().length);
      }
      out.write(frame.bytes());
      EncodedFrame boxed = new EncodedFrame(frame.image(), bytes.toByteArray());

      assertThat(Agreement.difference(decode(boxed), samples)).isZero();
    }
  }

  @Test
  void givenOneBitAllocated_thenItComesBackAsItIsWhenNotCompressed() throws Exception {
    Samples samples = Written.picture(image(Photometric.MONOCHROME2, 1, false));
    ImageDescription bit =
        new ImageDescription(70, 61, Photometric.MONOCHROME2, 1, 1, 0, false, false);
    EncodedFrame frame = new EncodedFrame(bit, lossless(samples).bytes());
    Samples back = decode(frame);

    assertThat(back.image()).isEqualTo(bit);
    assertThat(back.bytes()).hasSize(Math.ceilDiv(70 * 61, 8));
    assertThat(Agreement.difference(back, samples)).isZero();
    assertThatThrownBy(() -> encoder().encoded(bit, LOSSLESS, EncoderOptions.LOSSLESS))
        .hasMessageContaining("1 bits allocated");
  }

  @Test
  void given32BitsAllocated_thenTheyAreRefused() throws Exception {
    ImageDescription wide =
        new ImageDescription(70, 61, Photometric.MONOCHROME2, 32, 32, 31, true, false);
    byte[] bytes = lossless(Written.picture(image(Photometric.MONOCHROME2, 16, true))).bytes();

    assertThatThrownBy(() -> encoder().encoded(wide, LOSSLESS, EncoderOptions.LOSSLESS))
        .hasMessageContaining("32 bits allocated");
    assertThatThrownBy(() -> decode(new EncodedFrame(wide, bytes)))
        .isInstanceOf(UnsupportedImageException.class)
        .hasMessageContaining("in 32 allocated");
  }

  @Test
  void givenWhatJpeg2000HasNot_thenItIsRefusedBeforeAnythingIsDone() {
    ImageDescription grey = image(Photometric.MONOCHROME2, 8, false);
    ImageDescription palette = image(Photometric.PALETTE_COLOR, 8, false);
    ImageDescription transformed = image(Photometric.YBR_ICT, 8, false);
    EncoderOptions ratio = EncoderOptions.of(new Quality.Ratio(5));

    assertThatThrownBy(() -> encoder().encoded(grey, LOSSLESS, ratio))
        .hasMessageContaining("always lossless");
    assertThatThrownBy(
            () -> encoder().encoded(grey, LOSSY, EncoderOptions.of(new Quality.Percent(90))))
        .hasMessageContaining("ratio");
    assertThatThrownBy(() -> encoder().encoded(grey, LOSSY, EncoderOptions.of(new Quality.Near(1))))
        .isInstanceOf(UnsupportedImageException.class);
    assertThatThrownBy(() -> encoder().encoded(palette, LOSSY, ratio))
        .hasMessageContaining("palette");
    assertThatThrownBy(() -> encoder().encoded(transformed, LOSSY, ratio))
        .isInstanceOf(UnsupportedImageException.class);
  }

  @Test
  void givenNoLibrary_thenThePackageToInstallIsNamed() {
    Availability missing = OpenjpegCodec.availability("libopenjp2.so.999");

    assertThat(missing.usable()).isFalse();
    assertThat(missing.detail())
        .isEqualTo("libopenjp2.so.999 isn't installed; install the package libopenjp2-7");
    assertThat(OpenjpegCodec.availability().detail()).startsWith("2.");
  }
}
