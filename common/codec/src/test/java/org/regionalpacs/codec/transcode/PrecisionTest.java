package org.regionalpacs.codec.transcode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.regionalpacs.codec.Availability;
import org.regionalpacs.codec.EncoderOptions;
import org.regionalpacs.codec.ForeignCodecs;
import org.regionalpacs.codec.ImageDescription;
import org.regionalpacs.codec.Photometric;
import org.regionalpacs.codec.Quality;
import org.regionalpacs.codec.Samples;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.ByteOrder;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.data.VR;
import org.regionalpacs.dicom.io.ByteSource;

/** Samples of more bits than Bits Stored says are kept or refused, and never cut. */
class PrecisionTest {
  private static final ImageDescription WORDS =
      new ImageDescription(5, 7, Photometric.MONOCHROME2, 16, 16, 15, false, false);
  private static final ImageDescription SIGNED =
      new ImageDescription(5, 7, Photometric.MONOCHROME2, 16, 16, 15, true, false);
  private static final IntUnaryOperator OF_16_BITS = i -> i * 1873 & 0xFFFF;
  private static final IntUnaryOperator OF_12_BITS = i -> i * 1873 & 0xFFF;
  private static final List<String> CODESTREAMS =
      List.of(UID.JPEG2000Lossless, UID.JPEGLSLossless, UID.JPEGLossless, UID.JPEGLosslessSV1);

  @TempDir Path scratch;

  @BeforeAll
  static void librariesAreThere() {
    assumeTrue(ForeignCodecs.availability().stream().allMatch(Availability::usable));
  }

  static Stream<Arguments> ways() {
    List<String> targets =
        List.of(
            UID.JPEG2000Lossless,
            UID.JPEGLSLossless,
            UID.JPEGLosslessSV1,
            UID.RLELossless,
            UID.ExplicitVRLittleEndian);
    return CODESTREAMS.stream()
        .flatMap(from -> targets.stream().map(to -> Arguments.of(from, to)))
        .filter(way -> !way.get()[0].equals(way.get()[1]));
  }

  /** Two frames in a transfer syntax, of which the data set tells fewer bits than they have. */
  private byte[] said(
      int stored, int high, ImageDescription image, String syntax, IntUnaryOperator... frames)
      throws IOException {
    byte[] source = Made.file(cells(image, frames), UID.ExplicitVRLittleEndian);
    Attributes dataSet = Transcoding.of(source, syntax, scratch).dataSet();
    dataSet.setInt(Tag.BitsStored, stored).setInt(Tag.HighBit, high);
    return Made.file(dataSet, syntax);
  }

  private static Attributes cells(ImageDescription image, IntUnaryOperator... frames) {
    int pixels = (int) image.pixels();
    byte[] bytes = new byte[2 * pixels * frames.length];
    for (int i = 0; i < pixels * frames.length; i++) {
      ByteOrder.putInt16(bytes, 2 * i, frames[i / pixels].applyAsInt(i % pixels), false);
    }
    return Made.dataSet(image, frames.length).setBytes(Tag.PixelData, VR.OW, bytes);
  }

  private static void hasSamples(byte[] file, int frame, IntUnaryOperator expected)
      throws IOException {
    Samples samples = Made.samples(file, frame);
    for (int pixel = 0; pixel < samples.image().pixels(); pixel++) {
      assertThat(samples.value(pixel, 0)).isEqualTo(expected.applyAsInt(pixel));
    }
  }

  @ParameterizedTest(name = "8.2 {0} to {1}")
  @MethodSource("ways")
  void givenALosslessCodestreamOfMoreBitsThanAreSaid_thenAllAreKeptOrTheFrameIsRefused(
      String from, String to) throws IOException {
    byte[] source = said(12, 11, WORDS, from, OF_12_BITS, OF_16_BITS);

    if (!List.of(UID.RLELossless, UID.ExplicitVRLittleEndian).contains(to)) {
      refused(source, Target.lossless(to), 2, "frame 2: its samples have bits outside of the 12");
      return;
    }
    Transcoding done = Transcoding.of(source, to, scratch);

    Attributes all = done.dataSet().setInt(Tag.BitsStored, 16).setInt(Tag.HighBit, 15);
    hasSamples(Made.file(all, to), 1, OF_12_BITS);
    hasSamples(Made.file(all, to), 2, OF_16_BITS);
  }

  @ParameterizedTest(name = "8.2 {0} to {1}")
  @MethodSource("ways")
  void givenACodestreamOfMoreBitsThanItsSamplesHave_thenWhatIsSaidStays(String from, String to)
      throws IOException {
    byte[] source = said(12, 11, WORDS, from, OF_12_BITS, OF_12_BITS);

    Transcoding done = Transcoding.of(source, to, scratch);

    assertThat(done.dataSet().getInt(Tag.BitsStored, 0)).isEqualTo(12);
    assertThat(done.said().remarks()).isEmpty();
    hasSamples(done.file(), 2, OF_12_BITS);
  }

  @ParameterizedTest(name = "A.4.4 signed JPEG 2000, {0} to {1}: {2} bits")
  @CsvSource({"-2048, 2047, 12", "-2049, 0, 16", "0, 2048, 16", "-2000, 2096, 16"})
  void givenSignedSamplesBeyondTheBitsThatAreSaid_thenNoneChangesItsSign(
      int least, int greatest, int stored) throws IOException {
    IntUnaryOperator ends = i -> i % 2 == 0 ? least : greatest;
    byte[] source = said(12, 11, SIGNED, UID.JPEG2000Lossless, ends);

    Transcoding done = Transcoding.of(source, UID.RLELossless, scratch);

    assertThat(done.dataSet().getInt(Tag.BitsStored, 0)).isEqualTo(stored);
    assertThat(done.said().remarks()).hasSize(stored == 12 ? 0 : 1);
    hasSamples(done.file(), 1, ends);
  }

  /** Lossless JPEG knows no signs; its words are what cells are, with or without the sign above. */
  @ParameterizedTest(name = "8.1.1 {0} is {1}")
  @CsvSource({"0x0830, -2000", "0xF830, -2000", "0x07D0, 2000"})
  void givenSignedSamplesInWords_thenWhatIsAboveThemMayBeTheSign(String word, int value)
      throws IOException {
    byte[] source = said(12, 11, SIGNED, UID.JPEGLosslessSV1, i -> Integer.decode(word));

    Transcoding done = Transcoding.of(source, UID.JPEG2000Lossless, scratch);

    assertThat(done.dataSet().getInt(Tag.BitsStored, 0)).isEqualTo(12);
    hasSamples(done.file(), 1, i -> value);
  }

  @Test
  void givenAHighBitThatIsNotTheLastOfACodestream_thenSamplesAreTheLowestBits() throws IOException {
    byte[] low = said(12, 15, WORDS.withBits(12), UID.JPEGLSLossless, OF_12_BITS);
    byte[] high = said(12, 15, WORDS, UID.JPEGLSLossless, i -> OF_12_BITS.applyAsInt(i) << 4);

    for (byte[] source : List.of(low, high)) {
      Transcoding done = Transcoding.of(source, UID.JPEG2000Lossless, scratch);
      assertThat(done.dataSet().getInt(Tag.HighBit, 0)).isEqualTo(11);
      hasSamples(done.file(), 1, OF_12_BITS);
    }
  }

  static Stream<Arguments> cells() {
    return Stream.of(
        Arguments.of("8.1.1 above", WORDS.withBits(12), 0x1001),
        Arguments.of("8.1.1 all above, unsigned", WORDS.withBits(12), 0xF801),
        Arguments.of("8.1.1 neither sign nor nothing", SIGNED.withBits(12), 0x7801),
        Arguments.of("8.1.1 sign of another sample", SIGNED.withBits(12), 0xF001),
        Arguments.of(
            "8.1.1 below",
            new ImageDescription(5, 7, Photometric.MONOCHROME2, 16, 12, 15, false, false),
            0x0011));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cells")
  void givenCellsWithBitsThatDoNotCount_thenOnlyWhatKeepsThemTakesThem(
      String name, ImageDescription image, int odd) throws IOException {
    int low = image.highBit() - 11;
    IntUnaryOperator none = i -> i << low;
    byte[] source =
        Made.file(cells(image, none, i -> i == 34 ? odd : i << low), UID.ExplicitVRLittleEndian);

    byte[] rle = Transcoding.of(source, UID.RLELossless, scratch).file();
    Attributes back = Transcoding.of(rle, UID.ExplicitVRLittleEndian, scratch).dataSet();

    assertThat(back.getBytes(Tag.PixelData))
        .contains(Made.read(source).getBytes(Tag.PixelData).orElseThrow());
    String said = "frame 2: its samples have bits outside of the 12 up to bit ";
    for (byte[] file : List.of(source, rle)) {
      refused(file, Target.lossless(UID.JPEG2000Lossless), 2, said);
      refused(file, Target.lossless(UID.JPEGLSLossless), 2, said);
    }
    refused(source, new Target(UID.JPEG2000, EncoderOptions.of(new Quality.Ratio(10))), 2, said);
  }

  @Test
  void givenOverlaysAndOtherBits_thenNotEvenRleTakesThem() {
    Attributes dataSet =
        cells(WORDS.withBits(12), i -> 0x9000 | i)
            .setInt(Tag.OverlayBitsAllocated, VR.US, 16)
            .setInt(Tag.OverlayBitPosition, VR.US, 12);
    byte[] source = Made.file(dataSet, UID.ExplicitVRLittleEndian);

    refused(source, Target.lossless(UID.RLELossless), 1, "frame 1: its samples have bits");
  }

  /** Bits Stored is 10, and precision 12: DCT has no other (T.81 Table B.2). */
  @ParameterizedTest(name = "DCT up to {0}: {1} bits")
  @CsvSource({"1023, 10", "1100, 10", "1200, 12", "4095, 12"})
  void givenSamplesOfDct_thenWhatIsMoreThanRoundingIsKept(int greatest, int stored)
      throws IOException {
    IntUnaryOperator ends = i -> i < 17 ? 0 : greatest;
    Target best = new Target(UID.JPEGExtended12Bit, EncoderOptions.of(new Quality.Percent(100)));
    byte[] words = Made.file(cells(WORDS.withBits(12), ends), UID.ExplicitVRLittleEndian);
    Attributes dataSet = Transcoding.of(words, best, scratch).dataSet();
    dataSet.setInt(Tag.BitsStored, 10).setInt(Tag.HighBit, 9);
    byte[] source = Made.file(dataSet, UID.JPEGExtended12Bit);

    Transcoding done = Transcoding.of(source, UID.JPEG2000Lossless, scratch);

    assertThat(done.dataSet().getInt(Tag.BitsStored, 0)).isEqualTo(stored);
    long last = Made.samples(done.file(), 1).value(34, 0);
    assertThat(last).isBetween(Math.min(greatest, 1L << stored) - 4L, (1L << stored) - 1);
  }

  private void refused(byte[] source, Target target, int frame, String said) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    FrameTranscodingException refused =
        catchThrowableOfType(
            FrameTranscodingException.class,
            () ->
                new Transcoder(Codecs.inProcess(), scratch)
                    .transcode(ByteSource.of(source), target, out));
    assertThat(refused).isNotNull().hasMessageContaining(said);
    assertThat(refused.frame()).isEqualTo(frame);
    assertThat(out.size()).isZero();
  }
}
