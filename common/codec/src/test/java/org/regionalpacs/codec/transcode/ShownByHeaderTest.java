package org.regionalpacs.codec.transcode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.regionalpacs.codec.EncoderOptions;
import org.regionalpacs.codec.ImageDescription;
import org.regionalpacs.codec.Photometric;
import org.regionalpacs.codec.Quality;
import org.regionalpacs.codec.Samples;
import org.regionalpacs.codec.Written;
import org.regionalpacs.codec.transcode.TranscodingRefusedException.Reason;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;

/** Frames go without their header (PS3.18 8.7.3.3): what the object's says must hold for them. */
class ShownByHeaderTest {
  private static final String UIDS = "1.2.840.10008.1.2";
  private static final byte[] JFIF = {
    (byte) 0xFF, (byte) 0xE0, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0
  };

  private final FrameTranscoder transcoder = new FrameTranscoder(Codecs.inProcess());

  /**
   * A picture.
   *
   * @param kind RGB, YBR_FULL, YBR_FULL_422, MONOCHROME2
   */
  private static Samples picture(String kind, boolean planes) {
    Photometric photometric = Photometric.valueOf(kind);
    return Written.picture(new ImageDescription(8, 10, photometric, 8, 8, 7, false, planes));
  }

  private static byte[] frame(Samples samples, String syntax) throws IOException {
    if (syntax.equals(UIDS + ".1")) {
      return samples.bytes();
    }
    EncoderOptions options =
        syntax.endsWith(".50") || syntax.endsWith(".51")
            ? EncoderOptions.of(new Quality.Percent(90))
            : EncoderOptions.LOSSLESS;
    return Codecs.inProcess()
        .encoder(syntax)
        .orElseThrow()
        .encode(samples, syntax, options)
        .bytes();
  }

  /** The same, with a marker that says that components are luminance and chrominance. */
  private static byte[] marked(byte[] jpeg) {
    ByteArrayOutputStream marked = new ByteArrayOutputStream();
    marked.write(jpeg, 0, 2);
    marked.writeBytes(JFIF);
    marked.write(jpeg, 2, jpeg.length - 2);
    return marked.toByteArray();
  }

  private static Attributes header(Samples samples, String said, int planar) {
    return Written.attributes(samples.image())
        .setString(Tag.PhotometricInterpretation, said)
        .setInt(Tag.PlanarConfiguration, planar);
  }

  @ParameterizedTest(
      name = "{0} as {1} in {2} that is called {3}, Planar Configuration {4}, into {5}")
  @CsvSource({
    "RGB, false, .4.50, YBR_FULL_422, 0, .1, Photometric Interpretation is YBR_FULL_422",
    "RGB, false, marked, RGB, 0, .1, Photometric Interpretation is RGB there and would be YBR_FULL",
    "RGB, false, marked, RGB, 0, .4.80, Photometric Interpretation is RGB",
    "YBR_FULL_422, false, .1, YBR_FULL_422, 0, .4.80, would be YBR_FULL;",
    "YBR_FULL_422, false, .1, YBR_FULL_422, 0, .4.90, would be YBR_FULL;",
    "YBR_FULL_422, false, .1, YBR_FULL_422, 0, .5, would be YBR_FULL;",
    "RGB, true, .1, RGB, 1, .4.80, Planar Configuration is 1 there and would be 0",
    "RGB, true, .1, RGB, 1, .4.90, Planar Configuration is 1 there and would be 0",
    "RGB, false, .4.70, RGB, 1, .4.80, Planar Configuration is 1 there and would be 0"
  })
  void givenWhatTheHeaderContradicts_thenTheFrameIsRefused(
      String kind, boolean planes, String from, String said, int planar, String to, String why)
      throws IOException {
    Samples samples = picture(kind, planes);
    boolean marked = from.equals("marked");
    String syntax = UIDS + (marked ? ".4.50" : from);
    byte[] frame = marked ? marked(frame(samples, syntax)) : frame(samples, syntax);

    assertThatThrownBy(
            () -> transcoder.transcode(frame, syntax, header(samples, said, planar), UIDS + to))
        .isInstanceOfSatisfying(
            TranscodingRefusedException.class,
            refused -> assertThat(refused.reason()).isEqualTo(Reason.SHOWN_WRONG))
        .hasMessageContaining(why)
        .hasMessageContaining("the whole object can be had so, and frames as they are stored");
  }

  @ParameterizedTest(name = "{0} as {1} in {2} that is called {3}, Planar Configuration {4}")
  @CsvSource({
    "RGB, false, .4.90, YBR_RCT, 0",
    "RGB, false, .4.90, RGB, 0",
    "RGB, false, .4.70, RGB, 0",
    "RGB, false, .4.70, RGB, 1",
    "RGB, false, .4.90, YBR_RCT, 1",
    "RGB, true, .4.80, RGB, 0",
    "RGB, true, .5, RGB, 1",
    "RGB, false, .5, RGB, 0",
    "YBR_FULL, false, .4.80, YBR_FULL, 0"
  })
  void givenWhatHolds_thenOctetsAreAsTheHeaderSays(
      String kind, boolean planes, String from, String said, int planar) throws IOException {
    Samples samples = picture(kind, planes);

    byte[] octets =
        transcoder.transcode(
            frame(samples, UIDS + from), UIDS + from, header(samples, said, planar), UIDS + ".1");

    ImageDescription image = samples.image();
    Samples shown =
        Samples.of(planar == 1 ? image.inPlanes() : image.inPixels(image.photometric()), octets);
    for (int pixel = 0; pixel < image.pixels(); pixel++) {
      for (int channel = 0; channel < 3; channel++) {
        assertThat(shown.value(pixel, channel)).isEqualTo(samples.value(pixel, channel));
      }
    }
  }

  @ParameterizedTest(name = "8 bits of {0} are {1} of 16 up to bit {2}, signed {3}")
  @CsvSource({
    ".4.50, 8, 7, false",
    ".4.50, 12, 11, false",
    ".4.51, 12, 15, false",
    ".4.50, 12, 11, true"
  })
  void givenBytesWhereTheHeaderHasWords_thenTheyAreMadeWider(
      String from, int stored, int high, boolean signed) throws IOException {
    Samples samples = picture("MONOCHROME2", false);
    byte[] jpeg = frame(samples, UIDS + ".4.50");
    ImageDescription words =
        new ImageDescription(8, 10, Photometric.MONOCHROME2, 16, stored, high, signed, false);
    ImageDescription bytes =
        new ImageDescription(8, 10, Photometric.MONOCHROME2, 8, 8, 7, signed, false);
    Samples decoded =
        Codecs.inProcess().decoder(UIDS + from).orElseThrow().decode(jpeg, UIDS + from, bytes);
    Attributes header = Written.attributes(words);

    byte[] octets = transcoder.transcode(jpeg, UIDS + from, header, UIDS + ".1");
    byte[] lossless = transcoder.transcode(jpeg, UIDS + from, header, UIDS + ".5");
    byte[] again = transcoder.transcode(lossless, UIDS + ".5", header, UIDS + ".1");

    Samples shown = Samples.of(words, octets);
    for (int pixel = 0; pixel < words.pixels(); pixel++) {
      assertThat(shown.value(pixel, 0)).isEqualTo(decoded.value(pixel, 0));
    }
    assertThat(again).isEqualTo(octets);
  }

  @ParameterizedTest(name = "into {0}")
  @CsvSource({".1", ".5", ".4.80"})
  void givenMoreBitsThanTheHeaderHas_thenTheFrameIsRefused(String to) throws IOException {
    ImageDescription few =
        new ImageDescription(8, 10, Photometric.MONOCHROME2, 16, 6, 5, false, false);
    Samples bright = Samples.of(few.withBits(12), filled());
    byte[] frame = frame(bright, UIDS + ".4.51");

    assertThatThrownBy(
            () -> transcoder.transcode(frame, UIDS + ".4.51", Written.attributes(few), UIDS + to))
        .isInstanceOf(TranscodingRefusedException.class)
        .hasMessageContaining("Bits Stored is 6 there and would be 12");
  }

  private static byte[] filled() {
    byte[] words = new byte[8 * 10 * 2];
    for (int i = 0; i < words.length; i += 2) {
      words[i] = (byte) i;
      words[i + 1] = 9;
    }
    return words;
  }
}
