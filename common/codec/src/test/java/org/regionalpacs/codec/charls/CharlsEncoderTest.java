package org.regionalpacs.codec.charls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.regionalpacs.codec.Agreement;
import org.regionalpacs.codec.Availability;
import org.regionalpacs.codec.CodecException;
import org.regionalpacs.codec.EncodedFrame;
import org.regionalpacs.codec.EncoderOptions;
import org.regionalpacs.codec.ForeignCodecs;
import org.regionalpacs.codec.ImageDescription;
import org.regionalpacs.codec.Photometric;
import org.regionalpacs.codec.Quality;
import org.regionalpacs.codec.Samples;
import org.regionalpacs.codec.UnsupportedImageException;
import org.regionalpacs.codec.Written;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.test.ExternalTool;

class CharlsEncoderTest {
  private static final String LOSSLESS = UID.JPEGLSLossless;
  private static final String NEAR = UID.JPEGLSNearLossless;

  @TempDir Path folder;

  @BeforeAll
  static void installed() {
    Availability there = CharlsCodec.availability();
    assumeTrue(there.usable(), there.detail());
  }

  private static ImageDescription image(Photometric photometric, int stored, boolean signed) {
    int allocated = stored > 8 ? 16 : 8;
    return new ImageDescription(40, 37, photometric, allocated, stored, stored - 1, signed, false);
  }

  private static EncodedFrame encode(Samples samples, Interleave interleave, Quality quality)
      throws CodecException {
    String syntax = quality instanceof Quality.Near ? NEAR : LOSSLESS;
    return CharlsCodec.encoder(interleave)
        .orElseThrow()
        .encode(samples, syntax, EncoderOptions.of(quality));
  }

  private static Samples decode(EncodedFrame frame) throws CodecException {
    return ForeignCodecs.decoder(LOSSLESS)
        .orElseThrow()
        .decode(frame.bytes(), LOSSLESS, frame.image());
  }

  @ParameterizedTest(name = "signed: {0}")
  @ValueSource(booleans = {false, true})
  void givenAnyNumberOfBits_thenEverySampleComesBack(boolean signed) throws Exception {
    for (int stored = 2; stored <= 16; stored++) {
      Samples samples = Written.picture(image(Photometric.MONOCHROME2, stored, signed));
      EncodedFrame frame = encode(samples, Interleave.LINE, Quality.LOSSLESS);

      assertThat(Agreement.difference(decode(frame), samples)).as("%d bits", stored).isZero();
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(Interleave.class)
  void givenColor_thenEverySampleComesBackHereAndInDcmtk(Interleave interleave) throws Exception {
    for (int stored : new int[] {8, 16}) {
      Samples samples = Written.picture(image(Photometric.RGB, stored, false));
      EncodedFrame frame = encode(samples, interleave, Quality.LOSSLESS);
      Samples back = decode(frame);

      assertThat(back.image().planar()).isEqualTo(interleave == Interleave.NONE);
      assertThat(Agreement.difference(back, samples)).isZero();
      Path file = Written.file(folder.resolve("jls.dcm"), frame, LOSSLESS);
      Path dcmtk = folder.resolve("dcmtk.dcm");
      assertThat(ExternalTool.named("dcmdjpls").run(file, dcmtk).code()).isZero();
      assertThat(Agreement.difference(Agreement.samples(dcmtk, 1), samples)).isZero();
    }
  }

  @ParameterizedTest(name = "{0} bits, signed: {1}")
  @CsvSource({"8, false", "12, false", "12, true", "16, true", "16, false"})
  void givenGrey_thenEverySampleComesBackFromDcmtk(int stored, boolean signed) throws Exception {
    Samples samples = Written.picture(image(Photometric.MONOCHROME2, stored, signed));
    EncodedFrame frame = encode(samples, Interleave.LINE, Quality.LOSSLESS);
    Path file = Written.file(folder.resolve("jls.dcm"), frame, LOSSLESS);
    Path dcmtk = folder.resolve("dcmtk.dcm");

    assertThat(ExternalTool.named("dcmdjpls").run(file, dcmtk).code()).isZero();
    assertThat(Agreement.difference(Agreement.samples(dcmtk, 1), samples)).isZero();
  }

  @ParameterizedTest(name = "by {0}")
  @ValueSource(ints = {1, 2, 5, 100})
  void givenADifference_thenNoSampleDiffersByMore(int most) throws Exception {
    for (Photometric photometric : new Photometric[] {Photometric.MONOCHROME2, Photometric.RGB}) {
      Samples samples = Written.picture(image(photometric, 8, false));
      EncodedFrame frame = encode(samples, Interleave.LINE, new Quality.Near(most));

      assertThat(Agreement.difference(decode(frame), samples)).isBetween(1L, (long) most);
    }
  }

  @Test
  void givenNoise_thenItGrowsAndComesBack() throws Exception {
    ImageDescription image = image(Photometric.RGB, 16, false);
    byte[] noise = new byte[(int) image.frameBytes()];
    new Random(1).nextBytes(noise);
    EncodedFrame frame = encode(Samples.of(image, noise), Interleave.SAMPLE, Quality.LOSSLESS);

    assertThat(frame.bytes().length).isGreaterThan(noise.length);
    assertThat(decode(frame).bytes()).isEqualTo(noise);
  }

  @Test
  void givenAHighBitAboveAndSharedChroma_thenTheDescriptionSaysWhatComesOut() throws Exception {
    ImageDescription high =
        new ImageDescription(40, 37, Photometric.MONOCHROME1, 16, 12, 15, true, false);
    Samples samples = Written.picture(high);
    EncodedFrame frame = encode(samples, Interleave.LINE, Quality.LOSSLESS);

    assertThat(frame.image().highBit()).isEqualTo(11);
    assertThat(Agreement.difference(decode(frame), samples)).isZero();
    ImageDescription shared =
        new ImageDescription(4, 6, Photometric.YBR_FULL_422, 8, 8, 7, false, false);
    Samples chroma = Written.picture(shared);
    EncodedFrame full = encode(chroma, Interleave.LINE, Quality.LOSSLESS);
    assertThat(full.image().photometric()).isEqualTo(Photometric.YBR_FULL);
    assertThat(Agreement.difference(decode(full), chroma)).isZero();
  }

  @Test
  void givenOnePixel_thenItComesBack() throws Exception {
    ImageDescription one =
        new ImageDescription(1, 1, Photometric.MONOCHROME2, 16, 16, 15, true, false);
    Samples samples = Samples.of(one, new byte[] {1, -2});

    EncodedFrame frame = encode(samples, Interleave.LINE, Quality.LOSSLESS);
    assertThat(decode(frame).value(0, 0)).isEqualTo(samples.value(0, 0));
  }

  @Test
  void givenSignedSamplesAtTheEndOfTheirRange_thenNearLosslessIsRefused() {
    ImageDescription image = image(Photometric.MONOCHROME2, 12, true);
    byte[] bytes = new byte[(int) image.frameBytes()];
    bytes[6] = (byte) 0xFF;
    bytes[7] = 0x07;

    assertThatThrownBy(() -> encode(Samples.of(image, bytes), Interleave.LINE, new Quality.Near(2)))
        .isInstanceOf(UnsupportedImageException.class)
        .hasMessageContaining("sign");
  }

  @Test
  void givenWhatJpegLsHasNot_thenItIsRefusedBeforeAnythingIsDone() {
    CharlsEncoder encoder = CharlsCodec.encoder(Interleave.LINE).orElseThrow();
    ImageDescription grey = image(Photometric.MONOCHROME2, 8, false);
    EncoderOptions near = EncoderOptions.of(new Quality.Near(2));
    EncoderOptions ratio = EncoderOptions.of(new Quality.Ratio(2));
    EncoderOptions far = EncoderOptions.of(new Quality.Near(200));
    ImageDescription bits = image(Photometric.YBR_RCT, 8, false);

    assertThatThrownBy(() -> encoder.encoded(grey, LOSSLESS, near))
        .hasMessageContaining("always lossless");
    assertThatThrownBy(() -> encoder.encoded(grey, NEAR, ratio)).hasMessageContaining("no rate");
    assertThatThrownBy(
            () -> encoder.encoded(grey, NEAR, EncoderOptions.of(new Quality.Percent(90))))
        .hasMessageContaining("no rate");
    assertThatThrownBy(() -> encoder.encoded(grey, NEAR, far)).hasMessageContaining("few bits");
    assertThatThrownBy(() -> encoder.encoded(bits, LOSSLESS, EncoderOptions.LOSSLESS))
        .isInstanceOf(UnsupportedImageException.class);
  }

  @Test
  void givenNoLibrary_thenThePackageToInstallIsNamed() {
    Availability missing = CharlsCodec.availability("libcharls.so.999");

    assertThat(missing.usable()).isFalse();
    assertThat(missing.detail())
        .isEqualTo("libcharls.so.999 isn't installed; install the package libcharls2");
    assertThat(CharlsCodec.availability("libc.so.6").detail())
        .contains("has no charls_get_version_number");
    assertThat(CharlsCodec.availability().detail()).startsWith("2.");
  }
}
