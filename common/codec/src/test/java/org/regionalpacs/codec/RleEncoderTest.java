package org.regionalpacs.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.test.ExternalTool;

class RleEncoderTest {
  private static final FrameEncoder RLE = FrameEncoders.of(UID.RLELossless).orElseThrow();

  @TempDir Path folder;

  private static ImageDescription image(
      Photometric photometric, int allocated, int stored, boolean signed, boolean planar) {
    return new ImageDescription(
        21, 300, photometric, allocated, stored, stored - 1, signed, planar);
  }

  private static EncodedFrame encode(Samples samples) throws CodecException {
    return RLE.encode(samples, UID.RLELossless, EncoderOptions.LOSSLESS);
  }

  private static Samples decode(EncodedFrame frame) throws CodecException {
    return FrameDecoders.of(UID.RLELossless)
        .orElseThrow()
        .decode(frame.bytes(), UID.RLELossless, frame.image());
  }

  private static byte[] pixelByPixel(Samples samples) throws CodecException {
    ImageDescription image = samples.image();
    int size = image.bitsAllocated() / 8;
    int channels = image.photometric().samples();
    byte[] bytes = samples.bytes();
    byte[] turned = new byte[(int) image.pixels() * size * channels];
    for (int i = 0; i < turned.length; i++) {
      int pixel = i / size / channels;
      int channel = i / size % channels;
      int sample =
          image.planar() ? channel * (int) image.pixels() + pixel : pixel * channels + channel;
      turned[i] = bytes[sample * size + i % size];
    }
    return turned;
  }

  @ParameterizedTest(name = "{0}, {1} of {2} bits, signed {3}, in planes {4}")
  @CsvSource({
    "MONOCHROME2, 8, 8, false, false",
    "MONOCHROME2, 8, 5, true, false",
    "MONOCHROME2, 16, 12, true, false",
    "MONOCHROME1, 16, 16, false, false",
    "MONOCHROME2, 32, 32, false, false",
    "PALETTE_COLOR, 8, 8, false, false",
    "RGB, 8, 8, false, false",
    "RGB, 8, 8, false, true",
    "RGB, 16, 16, false, true",
    "YBR_FULL, 8, 8, false, false"
  })
  void givenAnyDepth_thenEveryBitComesBackHereAndInDcmtkAndGdcm(
      Photometric photometric, int allocated, int stored, boolean signed, boolean planar)
      throws Exception {
    Samples samples = Written.picture(image(photometric, allocated, stored, signed, planar));
    EncodedFrame frame = encode(samples);

    assertThat(pixelByPixel(decode(frame))).isEqualTo(pixelByPixel(samples));
    Path file = Written.file(folder.resolve("rle.dcm"), frame, UID.RLELossless);
    Path dcmtk = folder.resolve("dcmtk.dcm");
    assertThat(ExternalTool.named("dcmdrle").run(file, dcmtk).code()).isZero();
    assertThat(pixelByPixel(Agreement.samples(dcmtk, 1))).isEqualTo(pixelByPixel(samples));
    // GDCM asserts that a palette is there, swaps words in planes, and knows no 5 or 32 bits in
    // RLE.
    boolean known = photometric != Photometric.PALETTE_COLOR;
    if (known && stored >= 8 && allocated * photometric.samples() < 32) {
      Path gdcm = folder.resolve("gdcm.dcm");
      assertThat(ExternalTool.named("gdcmconv").run("--raw", file, gdcm).code()).isZero();
      // It clears bits that don't count.
      assertThat(Agreement.difference(Agreement.samples(gdcm, 1), samples)).isZero();
    }
  }

  @Test
  void givenSharedChroma_thenEveryPixelHasItsOwn() throws Exception {
    ImageDescription image = image(Photometric.YBR_FULL_422, 8, 8, false, false);
    byte[] bytes = new byte[(int) image.frameBytes()];
    new Random(1).nextBytes(bytes);
    Samples samples = Samples.of(image, bytes);
    EncodedFrame frame = encode(samples);

    assertThat(frame.image().photometric()).isEqualTo(Photometric.YBR_FULL);
    assertThat(Agreement.difference(decode(frame), samples)).isZero();
  }

  @Test
  void givenRuns_thenTheyArePackedAndNoiseGrowsLittle() throws Exception {
    ImageDescription image = image(Photometric.MONOCHROME2, 8, 8, false, false);
    byte[] same = new byte[21 * 300];
    byte[] noise = new byte[21 * 300];
    new Random(1).nextBytes(noise);

    // A row of 300 is 128, 128 and 44 alike, two bytes each.
    assertThat(encode(Samples.of(image, same)).bytes()).hasSize(64 + 21 * 6);
    assertThat(encode(Samples.of(image, noise)).bytes().length)
        .isLessThan(64 + 21 * (300 + 3) + 100);
  }

  @Test
  void givenOnePixel_thenItComesBack() throws Exception {
    ImageDescription image =
        new ImageDescription(1, 1, Photometric.MONOCHROME2, 16, 16, 15, false, false);
    EncodedFrame frame = encode(Samples.of(image, new byte[] {1, 2}));

    assertThat(decode(frame).value(0, 0)).isEqualTo(0x201);
    assertThat(frame.bytes().length % 2).isZero();
  }

  @ParameterizedTest(name = "{0} of {1} bits")
  @CsvSource({"MONOCHROME2, 1", "YBR_RCT, 8", "YBR_ICT, 8"})
  void givenAnImageThatRleHasNot_thenItIsRefusedBeforeAnythingIsDone(
      Photometric photometric, int bits) {
    ImageDescription image = image(photometric, bits, bits, false, false);

    assertThatThrownBy(() -> RLE.encoded(image, UID.RLELossless, EncoderOptions.LOSSLESS))
        .isInstanceOf(UnsupportedImageException.class);
    assertThatThrownBy(() -> encode(Samples.of(image, new byte[100_000])))
        .isInstanceOf(UnsupportedImageException.class);
  }

  @Test
  void givenOneBitAPixel_thenASegmentOfPackedBitsIsDecoded() throws Exception {
    ImageDescription bits = image(Photometric.MONOCHROME2, 1, 1, false, false);
    byte[] packed = new byte[(int) bits.frameBytes()];
    new Random(3).nextBytes(packed);
    ImageDescription row =
        new ImageDescription(1, packed.length, Photometric.MONOCHROME2, 8, 8, 7, false, false);
    byte[] segment = encode(Samples.of(row, packed)).bytes();

    Samples back = decode(new EncodedFrame(bits, segment));
    assertThat(back.bytes()).isEqualTo(packed);
    assertThat(back.value(9, 0)).isEqualTo(packed[1] >> 1 & 1);
    assertThatThrownBy(() -> decode(new EncodedFrame(bits.inPixels(Photometric.RGB), segment)))
        .isInstanceOf(UnsupportedImageException.class);
  }

  @Test
  void givenALossyQuality_thenItIsRefused() {
    EncoderOptions lossy = EncoderOptions.of(new Quality.Ratio(10));

    assertThatThrownBy(
            () -> RLE.encoded(image(Photometric.RGB, 8, 8, false, false), UID.RLELossless, lossy))
        .hasMessageContaining("always lossless");
  }

  @Test
  void givenAnInterrupt_thenItStops() {
    Samples samples = Written.picture(image(Photometric.RGB, 8, 8, false, false));
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> encode(samples)).isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
  }
}
