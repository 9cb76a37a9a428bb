package org.regionalpacs.wado;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.luben.zstd.ZstdInputStream;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.data.VR;
import org.regionalpacs.messages.StorageMessage;
import org.regionalpacs.test.ExternalTool;
import org.regionalpacs.test.SampleObjects;
import org.regionalpacs.test.Testdata;
import org.regionalpacs.wado.retrieve.FrameIndexes;
import org.springframework.beans.factory.annotation.Autowired;

/** Uncompressed frames and values in the codings that readers take. */
class FrameCodingIT extends WadoIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String VIEWER =
      "multipart/related; type=application/octet-stream; transfer-syntax=*";
  private static final String CHROMIUM = "gzip, deflate, br, zstd";
  private static final String CT =
      "cornerstone3D/testImages/"
          + "CTImage.dcm_LittleEndianImplicitTransferSyntax_1.2.840.10008.1.2.dcm";
  private static final int SIDE = 512;

  @Autowired MeterRegistry meters;
  @Autowired FrameIndexes indexes;

  private final SampleObjects sample = SampleObjects.newStudy();
  private final byte[] pixels = noisy(2 * SIDE * SIDE);
  private final byte[] frames = noisy(3 * 2 * SIDE * SIDE);
  private Attributes image;
  private Attributes bigEndian;

  @BeforeAll
  void storeImages() {
    image = image(sample, pixels);
    bigEndian = image(SampleObjects.newStudy(), frames).setString(Tag.NumberOfFrames, "3");
    assertThat(
            store("/dicom-web/studies", part10(image), part10(bigEndian, UID.ExplicitVRBigEndian))
                .status())
        .isEqualTo(200);
    indexer.index(2);
    indexes.warm("default", sample.studyUid(), sample.seriesUid());
    await()
        .atMost(SOON)
        .until(() -> indexes.holds("default", sample.studyUid(), sample.seriesUid()));
  }

  private static Attributes image(SampleObjects study, byte[] pixels) {
    return study
        .image(1)
        .setInt(Tag.Rows, SIDE)
        .setInt(Tag.Columns, SIDE)
        .setBytes(Tag.PixelData, VR.OW, pixels);
  }

  /** Samples of 16 bits with some noise. */
  private static byte[] noisy(int length) {
    byte[] bytes = new byte[length];
    Random random = new Random(length);
    for (int i = 0; i < length; i += 2) {
      bytes[i] = (byte) random.nextInt(64);
      bytes[i + 1] = 4;
    }
    return bytes;
  }

  private double byIndex() {
    return meters.get("pacs.retrieve.frame.requests").tag("by", "index").counter().count();
  }

  /** Beside the origin, of which CORS makes answers vary. */
  private static boolean varies(Answer answer) {
    return answer.response().headers().allValues("Vary").contains("Accept-Encoding");
  }

  private static byte[] decoded(Answer answer) throws IOException {
    InputStream body = new ByteArrayInputStream(answer.body());
    try (InputStream in =
        switch (answer.header("Content-Encoding")) {
          case "zstd" -> new ZstdInputStream(body);
          case "gzip" -> new GZIPInputStream(body);
          default -> body;
        }) {
      return in.readAllBytes();
    }
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "'gzip, deflate, br, zstd', zstd",
    "'gzip, deflate, br', gzip",
    "'zstd;q=0, identity', ''",
    "'zstd;q=0, *', gzip",
    "'br', ''"
  })
  void givenWhatIsAccepted_thenAFrameComesInThatCodingByTheIndexAndWithoutIt(
      String accepted, String coding) throws IOException {
    double before = byIndex();
    for (String query : List.of("", "?accept=application/octet-stream")) {
      Answer answer =
          get(
              instancePath(image) + "/frames/1" + query,
              "Accept",
              "application/octet-stream",
              "Accept-Encoding",
              accepted);

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("Content-Encoding")).isEqualTo(coding);
      assertThat(answer.header("Content-Type"))
          .isEqualTo("application/octet-stream; transfer-syntax=1.2.840.10008.1.2.1");
      assertThat(varies(answer)).isTrue();
      assertThat(answer.header("Content-Length")).isEqualTo("" + answer.body().length);
      assertThat(answer.body().length < pixels.length * 0.6).isEqualTo(!coding.isEmpty());
      assertThat(decoded(answer)).isEqualTo(pixels);
    }
    assertThat(byIndex()).isEqualTo(before + 1);
  }

  @Test
  void givenAMultipartBody_whenCoded_thenAllOfItIs() throws IOException {
    Answer answer =
        get(instancePath(image) + "/frames/1", "Accept", VIEWER, "Accept-Encoding", CHROMIUM);

    assertThat(answer.header("Content-Encoding")).isEqualTo("zstd");
    assertThat(answer.header("Content-Type")).startsWith("multipart/related; ");
    byte[] body = decoded(answer);
    int start = new String(body, 0, 300).indexOf("\r\n\r\n") + 4;
    assertThat(new String(body, 0, start))
        .contains("Content-Length: " + pixels.length)
        .contains("transfer-syntax=1.2.840.10008.1.2.1");
    assertThat(Arrays.copyOfRange(body, start, start + pixels.length)).isEqualTo(pixels);
  }

  @Test
  void givenOrigins_thenTheAnswerStillVariesByThemToo() {
    Answer answer =
        get(
            instancePath(image) + "/frames/1",
            "Origin",
            "https://viewer.example",
            "Accept-Encoding",
            "zstd");

    assertThat(answer.header("Content-Encoding")).isEqualTo("zstd");
    assertThat(answer.response().headers().allValues("Vary")).contains("Origin", "Accept-Encoding");
  }

  @Test
  void givenFramesThatAreMade_thenThoseThatAreNotCompressedAreCoded() throws IOException {
    for (int frame = 1; frame <= 3; frame++) {
      Answer answer =
          get(
              instancePath(bigEndian) + "/frames/" + frame,
              "Accept",
              "application/octet-stream",
              "Accept-Encoding",
              "zstd");
      assertThat(answer.header("Content-Encoding")).isEqualTo("zstd");
      assertThat(decoded(answer))
          .isEqualTo(
              Arrays.copyOfRange(frames, (frame - 1) * 2 * SIDE * SIDE, frame * 2 * SIDE * SIDE));
    }
    Answer compressed =
        get(
            instancePath(image) + "/frames/1",
            "Accept",
            "image/dicom-rle",
            "Accept-Encoding",
            "zstd");
    assertThat(compressed.status()).isEqualTo(200);
    assertThat(compressed.header("Content-Encoding")).isEmpty();
    assertThat(varies(compressed)).isFalse();
  }

  @Test
  void givenAFewBytesOrNoise_thenTheyComeAsTheyAre() throws IOException {
    byte[] noise = new byte[2 * SIDE * SIDE];
    new Random(1).nextBytes(noise);
    Attributes noisy = image(SampleObjects.newStudy(), noise);
    Attributes small =
        SampleObjects.newStudy().image(1).setBytes(Tag.PixelData, VR.OW, new byte[2048]);
    small.setInt(Tag.Rows, 32).setInt(Tag.Columns, 32);
    store("/dicom-web/studies", part10(noisy), part10(small));
    indexer.index(2);
    for (Attributes each : List.of(noisy, small)) {
      Answer answer =
          get(
              instancePath(each) + "/frames/1",
              "Accept",
              "application/octet-stream",
              "Accept-Encoding",
              "zstd");
      assertThat(answer.header("Content-Encoding")).isEmpty();
      assertThat(varies(answer)).isTrue();
      assertThat(answer.header("Content-Length")).isEqualTo("" + answer.body().length);
      assertThat(answer.body()).isEqualTo(each.getBytes(Tag.PixelData).orElseThrow());
    }
  }

  @Test
  void givenAHead_thenItTellsTheLengthOnlyWhereGetIsNotCoded() {
    for (String path : List.of("/frames/1", "/bulkdata/7FE00010")) {
      Answer plain = head(path, "identity");
      assertThat(plain.header("Content-Length")).isEqualTo("" + pixels.length);
      assertThat(varies(plain)).isTrue();

      Answer coded = head(path, "zstd");
      assertThat(coded.status()).isEqualTo(200);
      assertThat(coded.header("Content-Length")).isEmpty();
      assertThat(coded.header("Content-Encoding")).isEmpty();
      assertThat(varies(coded)).isTrue();
    }
  }

  private Answer head(String path, String codings) {
    return send(
        "HEAD",
        "/dicom-web" + instancePath(image) + path,
        BodyPublishers.noBody(),
        "Accept",
        "application/octet-stream",
        "Accept-Encoding",
        codings);
  }

  @Test
  void givenBulkData_thenEachCodingHasATagThatIsKnownAgain() throws IOException {
    String path = instancePath(image) + "/bulkdata/7FE00010";
    Answer plain = get(path);
    Answer coded = get(path, "Accept-Encoding", "zstd");

    assertThat(plain.body()).isEqualTo(pixels);
    assertThat(decoded(coded)).isEqualTo(pixels);
    assertThat(coded.header("Content-Encoding")).isEqualTo("zstd");
    assertThat(coded.header("ETag")).isEqualTo(plain.header("ETag").replaceFirst("\"$", "-zstd\""));
    assertThat(coded.header("Accept-Ranges")).isEmpty();
    assertThat(plain.header("Accept-Ranges")).isEqualTo("bytes");
    assertThat(varies(plain)).isTrue();

    for (Answer known : List.of(plain, coded)) {
      Answer again = get(path, "If-None-Match", known.header("ETag"), "Accept-Encoding", "zstd");
      assertThat(again.status()).isEqualTo(304);
      assertThat(again.header("ETag")).isEqualTo(known.header("ETag"));
      assertThat(varies(again)).isTrue();
      assertThat(again.body()).isEmpty();
    }
    Answer other = get(path, "If-None-Match", coded.header("ETag"));
    assertThat(other.status()).as("in a coding that isn't taken any more").isEqualTo(200);
    assertThat(other.body()).isEqualTo(pixels);
  }

  @Test
  void givenARangeOfBulkData_thenItIsOneOfTheBytesAsTheyAre() throws IOException {
    String path = instancePath(image) + "/bulkdata/7FE00010";
    Answer range = get(path, "Range", "bytes=1000-9999", "Accept-Encoding", "zstd");

    assertThat(range.status()).isEqualTo(206);
    assertThat(range.header("Content-Encoding")).isEmpty();
    assertThat(range.header("Content-Range")).isEqualTo("bytes 1000-9999/" + pixels.length);
    assertThat(range.body()).isEqualTo(Arrays.copyOfRange(pixels, 1000, 10_000));
    Answer whole =
        get(
            path,
            "Range",
            "bytes=1000-9999",
            "If-Range",
            get(path, "Accept-Encoding", "zstd").header("ETag"),
            "Accept-Encoding",
            "zstd");
    assertThat(whole.status()).as("of other bytes than it has in part").isEqualTo(200);
    assertThat(decoded(whole)).isEqualTo(pixels);

    Answer parts =
        get(
            path,
            "Accept",
            "multipart/related; type=application/octet-stream",
            "Accept-Encoding",
            "zstd");
    assertThat(parts.header("Content-Encoding")).isEqualTo("zstd");
    assertThat(decoded(parts).length).isGreaterThan(pixels.length);
  }

  @Test
  void givenACt_whenOthersDecodeIt_thenItIsWhatDcmtkFindsInTheFile(@TempDir Path folder)
      throws IOException {
    ExternalTool dcmdump = ExternalTool.named("dcmdump");
    Path file = Testdata.folder().resolve(CT);
    assertThat(store("/dicom-web/studies", Files.readAllBytes(file)).status()).isEqualTo(200);
    StorageMessage stored = indexer.index(1).getFirst();
    assertThat(dcmdump.run("+W", folder, file).code()).isZero();
    byte[] raw;
    try (Stream<Path> written = Files.list(folder)) {
      raw = Files.readAllBytes(written.findFirst().orElseThrow());
    }
    String url =
        "http://127.0.0.1:%d/dicom-web/studies/%s/series/%s/instances/%s/frames/1"
            .formatted(port, stored.study(), stored.series(), stored.sopInstance());

    for (String coding : List.of("gzip", "zstd")) {
      Path coded = folder.resolve("coded." + coding);
      Path decoded = folder.resolve("decoded." + coding);
      curl(coding, "-o", coded, url);
      curl(coding, "--compressed", "-o", decoded, url);
      assertThat(Files.readAllBytes(decoded)).isEqualTo(raw);
      assertThat(Files.size(coded)).isLessThan(raw.length * 6L / 10);
      assertThat(ExternalTool.named(coding).run("-t", coded).code()).as("a whole one").isZero();
    }
  }

  private static void curl(String coding, Object... more) {
    List<Object> line =
        new ArrayList<>(
            List.of(
                "-sSf",
                "-H",
                "Accept: application/octet-stream",
                "-H",
                "Accept-Encoding: " + coding));
    line.addAll(List.of(more));
    assertThat(ExternalTool.named("curl").run(line.toArray()).output()).isEmpty();
  }
}
