package org.regionalpacs.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.test.Testdata;

/**
 * Codestreams that want to do harm to a library in C; {@link HostileCodestreams} is the process.
 */
class HostileTest {
  private static final String CHANGES = "100";
  private static final String SEED = "17";

  @TempDir Path folder;

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    UID.JPEGLSLossless + ", MONOCHROME2, 12",
    UID.JPEGLSLossless + ", RGB, 8",
    UID.JPEG2000Lossless + ", MONOCHROME2, 12",
    UID.JPEG2000Lossless + ", RGB, 8"
  })
  void givenAHostileCodestream_thenItIsDecodedOrRefused(
      String syntax, Photometric photometric, int bits) throws Exception {
    FrameEncoder encoder = ForeignCodecs.encoder(syntax).orElse(null);
    assumeTrue(encoder != null, () -> ForeignCodecs.availability().toString());
    ImageDescription image =
        new ImageDescription(40, 37, photometric, bits > 8 ? 16 : 8, bits, bits - 1, false, false);
    EncoderOptions options = new EncoderOptions(Quality.LOSSLESS, 4, 2, true);
    EncodedFrame frame = encoder.encode(Written.picture(image), syntax, options);

    assertSurvives(Written.file(folder.resolve("good.dcm"), frame, syntax));
  }

  @Test
  void givenHostileHighThroughput_thenItIsDecodedOrRefused() throws Exception {
    assumeTrue(ForeignCodecs.decoder(UID.HTJ2K).isPresent());

    assertSurvives(Testdata.path("synthetic/ts/htj2k202_rgb.dcm"));
  }

  private void assertSurvives(Path file) throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    Path atHand = folder.resolve("case");
    List<String> line = new ArrayList<>();
    line.add(ProcessHandle.current().info().command().orElse("java"));
    line.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    line.add("--enable-native-access=ALL-UNNAMED");
    line.addAll(List.of("-cp", System.getProperty("java.class.path")));
    line.addAll(List.of(HostileCodestreams.class.getName(), file.toString(), CHANGES, SEED));
    line.add(atHand.toString());
    Process process =
        new ProcessBuilder(line)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean ended = process.waitFor(60, TimeUnit.SECONDS);
    process.destroyForcibly();
    String said = Files.readString(output, StandardCharsets.UTF_8);

    assertThat(ended).as("still runs: %s", said).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
    assertThat(said).containsPattern("cut: [01] decoded, \\d+ refused, 0 silently wrong");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {UID.JPEGLSLossless, UID.JPEG2000Lossless})
  void givenAnotherSizeThanDescribed_thenItIsRefusedBeforeAnythingIsAllocated(String syntax)
      throws Exception {
    FrameEncoder encoder = ForeignCodecs.encoder(syntax).orElse(null);
    assumeTrue(encoder != null, () -> ForeignCodecs.availability().toString());
    ImageDescription small =
        new ImageDescription(3, 5, Photometric.MONOCHROME2, 8, 8, 7, false, false);
    byte[] frame = encoder.encode(Written.picture(small), syntax, EncoderOptions.LOSSLESS).bytes();
    List<ImageDescription> others =
        List.of(
            new ImageDescription(30000, 30000, Photometric.MONOCHROME2, 8, 8, 7, false, false),
            new ImageDescription(3, 5, Photometric.RGB, 8, 8, 7, false, false));
    FrameDecoder decoder = ForeignCodecs.decoder(syntax).orElseThrow();
    for (ImageDescription other : others) {
      assertThat(catchCodec(() -> decoder.decode(frame, syntax, other)))
          .contains("has 5 x 3 pixels of 1 samples");
    }
    assertThat(catchCodec(() -> decoder.decode(new byte[0], syntax, small))).isNotEmpty();
  }

  @Test
  void givenMoreTilesThanThereMayBe_thenTheyAreRefusedBeforeAnythingIsAllocated() throws Exception {
    String syntax = UID.JPEG2000Lossless;
    FrameEncoder encoder = ForeignCodecs.encoder(syntax).orElse(null);
    assumeTrue(encoder != null, () -> ForeignCodecs.availability().toString());
    ImageDescription image =
        new ImageDescription(200, 200, Photometric.MONOCHROME2, 8, 8, 7, false, false);
    byte[] frame = encoder.encode(Written.picture(image), syntax, EncoderOptions.LOSSLESS).bytes();
    // XTsiz and YTsiz become 1.
    System.arraycopy(new byte[] {0, 0, 0, 1, 0, 0, 0, 1}, 0, frame, 24, 8);

    assertThat(
            catchCodec(
                () -> ForeignCodecs.decoder(syntax).orElseThrow().decode(frame, syntax, image)))
        .contains("40000 tiles");
  }

  private interface Decoding {
    Samples decode() throws CodecException;
  }

  private static String catchCodec(Decoding decoding) {
    try {
      return "decoded " + decoding.decode().image();
    } catch (CodecException e) {
      return e.getMessage();
    }
  }
}
