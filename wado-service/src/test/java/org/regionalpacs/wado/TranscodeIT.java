package org.regionalpacs.wado;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.regionalpacs.codec.Availability;
import org.regionalpacs.codec.process.CodecProcesses;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Fragments;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.data.VR;
import org.regionalpacs.dicom.io.ByteSource;
import org.regionalpacs.dicom.io.DicomInputStream;
import org.regionalpacs.dicom.io.PixelFrames;
import org.regionalpacs.messages.ConversionMessage;
import org.regionalpacs.messages.ConversionOutcome;
import org.regionalpacs.messages.LogRecord;
import org.regionalpacs.test.ExternalTool;
import org.regionalpacs.test.SampleObjects;
import org.regionalpacs.test.Testdata;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Real objects in other transfer syntaxes than they are stored in, over HTTP: every pixel is that
 * which DCMTK and GDCM have.
 */
class TranscodeIT extends WadoIT {
  private static final String DICOM = "application/dicom; transfer-syntax=";
  private static final Map<String, List<String>> PROGRAMS =
      Map.of(
          UID.JPEGLSLossless, List.of("dcmdjpls"),
          UID.JPEGLossless, List.of("dcmdjpeg"),
          UID.JPEGLosslessSV1, List.of("dcmdjpeg"),
          UID.JPEGExtended12Bit, List.of("dcmdjpeg"),
          UID.RLELossless, List.of("dcmdrle"),
          UID.JPEG2000Lossless, List.of("gdcmconv", "--raw"),
          UID.HTJ2KLossless, List.of(),
          UID.DeflatedExplicitVRLittleEndian, List.of("dcmconv", "--write-xfer-little"));

  @Autowired CodecProcesses codecs;
  @Autowired MeterRegistry meters;
  @TempDir Path folder;
  private final Map<String, String> paths = new TreeMap<>();

  @BeforeAll
  void libraries() {
    assumeTrue(codecs.availability(Duration.ofSeconds(60)).stream().allMatch(Availability::usable));
  }

  /** Where a sample is, which is stored when it is asked for first. */
  private String stored(String name) throws IOException {
    if (!paths.containsKey(name)) {
      Path file = Testdata.path(name);
      assertThat(store("/dicom-web/studies", Files.readAllBytes(file)).status()).isEqualTo(200);
      indexer.index(1);
      paths.put(name, instancePath(dataSetOf(file)));
    }
    return paths.get(name);
  }

  private static Attributes dataSetOf(Path file) throws IOException {
    try (DicomInputStream in = DicomInputStream.ofFile(file)) {
      return in.readDataSet();
    }
  }

  private Path written(byte[] body) throws IOException {
    return Files.write(Files.createTempFile(folder, "got", ".dcm"), body);
  }

  /** All pixels of a file that isn't compressed. */
  private static byte[] pixels(Path file) throws IOException {
    return dataSetOf(file).getBytes(Tag.PixelData).orElseThrow();
  }

  /** The file as another program decodes it. */
  private Path decoded(Path file, String syntax) throws IOException {
    List<String> program = PROGRAMS.get(syntax);
    Path plain = Files.createTempFile(folder, "plain", ".dcm");
    List<Object> arguments = new ArrayList<>(program.subList(1, program.size()));
    arguments.addAll(List.of(file, plain));
    var outcome = ExternalTool.named(program.getFirst()).run(arguments.toArray());
    assertThat(outcome.code()).as(outcome.output()).isZero();
    return plain;
  }

  @ParameterizedTest(name = "8.7.3.5.2 {1}: {0}")
  @CsvSource({
    "the default, synthetic/ts/jls80_ct.dcm, 1.2.840.10008.1.2.4.80",
    "the default, synthetic/ts/j2k90_ct.dcm, 1.2.840.10008.1.2.4.90",
    "the default, synthetic/ts/jpll57_ct.dcm, 1.2.840.10008.1.2.4.57",
    "the default, synthetic/ts/jpll70_ct.dcm, 1.2.840.10008.1.2.4.70",
    "the default, synthetic/ts/rle_ct.dcm, 1.2.840.10008.1.2.5",
    "by name with loss, synthetic/ts/jpegext51_ct12.dcm, 1.2.840.10008.1.2.4.51"
  })
  void givenACompressedObject_thenExplicitLittleEndianIsWhatOthersDecode(
      String how, String name, String syntax) throws IOException {
    String accept = how.equals("the default") ? "application/dicom" : DICOM + "1.2.840.10008.1.2.1";
    Answer answer = get(stored(name), "Accept", accept);

    assertThat(answer.status()).as(new String(answer.body())).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo(DICOM + UID.ExplicitVRLittleEndian);
    assertThat(answer.header("Content-Length")).isEqualTo("" + answer.body().length);
    assertThat(pixels(written(answer.body())))
        .isEqualTo(pixels(decoded(Testdata.path(name), syntax)));
  }

  @Test
  void givenHighThroughput_thenTheDefaultIsWhatWasEncoded() throws IOException {
    Answer answer = get(stored("synthetic/ts/htj2k201_ct.dcm"), "Accept", "application/dicom");

    assertThat(pixels(written(answer.body())))
        .isEqualTo(Files.readAllBytes(Testdata.path("synthetic/ts/htj2k201_ct.raw")));
  }

  @ParameterizedTest(name = "8.7.3.5.2 {0} by name, of {1}")
  @CsvSource({
    "1.2.840.10008.1.2.4.57, synthetic/ts/explicit_ct.dcm",
    "1.2.840.10008.1.2.4.70, synthetic/ts/implicit_ct.dcm",
    "1.2.840.10008.1.2.4.80, synthetic/ts/bigendian_ct.dcm",
    "1.2.840.10008.1.2.4.90, synthetic/ts/deflated_ct.dcm",
    "1.2.840.10008.1.2.4.90, synthetic/ts/rle_ct.dcm",
    "1.2.840.10008.1.2.5, synthetic/ts/j2k90_ct.dcm",
    "1.2.840.10008.1.2.1.99, synthetic/ts/explicit_ct.dcm",
    "1.2.840.10008.1.2.1.99, synthetic/ts/jpll70_ct.dcm"
  })
  void givenALosslessSyntaxByName_thenOthersDecodeItToTheSame(String syntax, String name)
      throws IOException {
    Answer answer = get(stored(name), "Accept", DICOM + syntax);

    assertThat(answer.status()).as(new String(answer.body())).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo(DICOM + syntax);
    assertThat(pixels(decoded(written(answer.body()), syntax)))
        .isEqualTo(Files.readAllBytes(Testdata.path("synthetic/ts/ctsrc.raw")));
  }

  @ParameterizedTest(name = "8.7.3.3 a frame of {0} as {1}")
  @CsvSource({
    "synthetic/ts/explicit_ct.dcm, image/jp2, 1.2.840.10008.1.2.4.90",
    "synthetic/ts/explicit_ct.dcm, image/jls, 1.2.840.10008.1.2.4.80",
    "synthetic/ts/bigendian_ct.dcm, image/jpeg, 1.2.840.10008.1.2.4.70",
    "synthetic/ts/deflated_ct.dcm, image/dicom-rle, 1.2.840.10008.1.2.5",
    "synthetic/ts/j2k90_ct.dcm, application/octet-stream, 1.2.840.10008.1.2.1",
    "synthetic/ts/jls80_ct.dcm, image/jp2, 1.2.840.10008.1.2.4.90"
  })
  void givenAFrame_thenItIsThatOfTheTranscodedObject(String name, String type, String syntax)
      throws IOException {
    String path = stored(name);
    Answer alone = get(path + "/frames/1", "Accept", type);
    Answer part = get(path + "/frames/1", "Accept", "multipart/related; type=\"" + type + "\"");
    ByteSource object = ByteSource.of(written(get(path, "Accept", DICOM + syntax).body()));

    assertThat(alone.status()).as(new String(alone.body())).isEqualTo(200);
    assertThat(alone.header("Content-Type")).isEqualTo(type + "; transfer-syntax=" + syntax);
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    PixelFrames.of(object).copy(object, 1, frame);
    // A fragment has an even number of bytes.
    assertThat(Arrays.copyOf(alone.body(), frame.size())).isEqualTo(frame.toByteArray());
    assertThat(part.parts().getFirst().body()).isEqualTo(alone.body());
    assertThat(part.parts().getFirst().contentType()).isEqualTo(alone.header("Content-Type"));
  }

  @Test
  void givenFramesOfManyInColor_thenEachIsThatOfTheNativeObject() throws IOException {
    String path = stored("pydicom/test_files/SC_rgb_rle_2frame.dcm");
    Answer answer =
        get(path + "/frames/2,1", "Accept", "multipart/related; type=application/octet-stream");
    byte[] all =
        pixels(decoded(Testdata.path("pydicom/test_files/SC_rgb_rle_2frame.dcm"), UID.RLELossless));

    int half = all.length / 2;
    assertThat(answer.parts()).hasSize(2);
    Path native_ = written(get(path, "Accept", "application/dicom").body());
    byte[] ours = pixels(native_);
    assertThat(answer.parts().get(0).body()).isEqualTo(Arrays.copyOfRange(ours, half, 2 * half));
    assertThat(answer.parts().get(1).body()).isEqualTo(Arrays.copyOfRange(ours, 0, half));
    // DCMTK may order samples by plane.
    Arrays.sort(ours);
    Arrays.sort(all);
    assertThat(ours).isEqualTo(all);
  }

  @Test
  void givenASeriesAndAnArchive_thenEachObjectIsTranscodedByItself() throws IOException {
    SampleObjects sample = SampleObjects.newStudy();
    Attributes image = sample.image(1);
    Attributes report = sample.image(2).remove(Tag.PixelData).remove(Tag.Rows);
    assertThat(store("/dicom-web/studies", part10(image), part10(report)).status()).isEqualTo(200);
    indexer.index(2);
    String series = "/studies/" + sample.studyUid() + "/series/" + sample.seriesUid();
    String wanted = "transfer-syntax=" + UID.JPEGLosslessSV1;

    Answer parts = get(series, "Accept", "multipart/related; type=application/dicom; " + wanted);
    assertThat(parts.parts())
        .extracting(ReceivedPart::contentType)
        .containsExactlyInAnyOrder(DICOM + UID.JPEGLosslessSV1, DICOM + UID.ExplicitVRLittleEndian);
    Answer zip = get(series, "Accept", "application/zip; " + wanted);
    assertThat(zip.status()).isEqualTo(200);
    assertThat(get(instancePath(report), "Accept", DICOM + UID.JPEGLosslessSV1).status())
        .isEqualTo(406);
    Answer head =
        send(
            "HEAD",
            "/dicom-web" + instancePath(image),
            BodyPublishers.noBody(),
            "Accept",
            DICOM + UID.JPEGLosslessSV1);
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.header("Content-Type")).isEqualTo(DICOM + UID.JPEGLosslessSV1);
  }

  @ParameterizedTest(name = "8.7.3.5.2 an image and {0} as JPEG-LS")
  @ValueSource(
      strings = {
        "single bits (PS3.3 A.51)",
        "32 bits (PS3.3 A.18.3)",
        "Float Pixel Data (PS3.3 C.7.6.24)",
        "bits that do not count"
      })
  void givenAnImageAmongWhatNoCodecTakes_thenThatGoesOutAsItIs(String name) throws IOException {
    SampleObjects sample = SampleObjects.newStudy();
    Attributes other = notCompressed(sample.image(2), name);
    put(sample.image(1), other);
    String study = "/studies/" + sample.studyUid();

    Answer parts =
        get(
            study,
            "Accept",
            "multipart/related; type=application/dicom; transfer-syntax=1.2.840.10008.1.2.4.80");

    assertThat(parts.parts())
        .extracting(ReceivedPart::contentType)
        .containsExactlyInAnyOrder(DICOM + UID.JPEGLSLossless, DICOM + UID.ExplicitVRLittleEndian);
    assertThat(get(instancePath(other), "Accept", DICOM + UID.JPEGLSLossless).status())
        .isEqualTo(406);
  }

  private static Attributes notCompressed(Attributes image, String kind) {
    int pixels = SampleObjects.SIZE * SampleObjects.SIZE;
    return switch (kind.substring(0, 5)) {
      case "singl" ->
          image
              .setInt(Tag.BitsAllocated, 1)
              .setInt(Tag.BitsStored, 1)
              .setInt(Tag.HighBit, 0)
              .setBytes(Tag.PixelData, VR.OB, new byte[(pixels / 8 + 1) / 2 * 2]);
      case "32 bi" ->
          image
              .setInt(Tag.BitsAllocated, 32)
              .setInt(Tag.BitsStored, 32)
              .setInt(Tag.HighBit, 31)
              .setBytes(Tag.PixelData, VR.OW, new byte[pixels * 4]);
      case "Float" ->
          image
              .remove(Tag.PixelData)
              .setInt(Tag.BitsAllocated, 32)
              .setBytes(Tag.FloatPixelData, VR.OF, new byte[pixels * 4]);
      case "bits " -> {
        byte[] all = new byte[pixels * 2];
        Arrays.fill(all, 0, pixels, (byte) 0x5A);
        yield image
            .setInt(Tag.BitsStored, 12)
            .setInt(Tag.HighBit, 11)
            .setBytes(Tag.PixelData, VR.OW, all);
      }
      default -> throw new IllegalArgumentException(kind);
    };
  }

  @ParameterizedTest(name = "9.1.2.2.2 transferSyntax={0}")
  @CsvSource({"1.2.840.10008.1.2.1", "1.2.840.10008.1.2.4.80", "1.2.840.10008.1.2.4.90"})
  void givenWadoUri_thenItsTransferSyntaxIsMade(String syntax) throws IOException {
    String[] uids = stored("synthetic/ts/rle_ct.dcm").split("/");
    String query =
        "/wado?requestType=WADO&studyUID=%s&seriesUID=%s&objectUID=%s"
            .formatted(uids[2], uids[4], uids[6]);
    Answer answer =
        send(
            "GET",
            query + "&contentType=application/dicom&transferSyntax=" + syntax,
            BodyPublishers.noBody());

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo(DICOM + syntax);
  }

  @Test
  void givenItWasMadeBefore_thenItComesFromRedisAndIsNoConversion() throws IOException {
    String path = stored("synthetic/ts/jpll57_ct.dcm");
    try (LogTopic log = new LogTopic(kafka.getBootstrapServers())) {
      awaitCache(meters);
      double kept = kept();
      Answer first = get(path, "Accept", DICOM + UID.RLELossless);
      Answer frame = get(path + "/frames/1", "Accept", "image/dicom-rle");
      await().untilAsserted(() -> assertThat(kept()).isEqualTo(kept + 2));
      double made = made();

      assertThat(get(path, "Accept", DICOM + UID.RLELossless).body()).isEqualTo(first.body());
      assertThat(get(path + "/frames/1", "Accept", "image/dicom-rle").body())
          .isEqualTo(frame.body());

      assertThat(made()).isEqualTo(made);
      get(path, "Accept", DICOM + UID.JPEG2000Lossless);
      // Those of other tests may come late.
      Predicate<LogRecord> mine =
          record ->
              record instanceof ConversionMessage message && path.contains(message.sopInstance());
      List<ConversionMessage> records =
          log
              .until(
                  mine.and(record ->
                      ((ConversionMessage) record).toSyntax().equals(UID.JPEG2000Lossless)))
              .stream()
              .filter(mine)
              .map(ConversionMessage.class::cast)
              .toList();
      assertThat(records)
          .extracting(ConversionMessage::toSyntax)
          .containsExactly(UID.RLELossless, UID.JPEG2000Lossless);
      ConversionMessage done = records.getFirst();
      assertThat(done.outcome()).isEqualTo(ConversionOutcome.DONE);
      assertThat(done.fromSyntax()).isEqualTo(UID.JPEGLossless);
      assertThat(done.sizeAfter()).isEqualTo(first.body().length);
    }
  }

  @Test
  void givenAFrameWasMadeBefore_thenNotEvenItsHeaderIsRead() throws IOException {
    Attributes image = SampleObjects.newStudy().image(1);
    put(image);
    String path = instancePath(image) + "/frames/1";
    awaitCache(meters);
    double kept = kept();
    Answer first = get(path, "Accept", "image/dicom-rle");
    await().untilAsserted(() -> assertThat(kept()).isEqualTo(kept + 1));
    try (Stream<Path> files = Files.walk(onlineRoot)) {
      String name = image.getString(Tag.SOPInstanceUID, "") + ".dcm";
      Files.delete(files.filter(file -> file.endsWith(name)).findFirst().orElseThrow());
    }

    assertThat(get(path, "Accept", "image/dicom-rle").body()).isEqualTo(first.body());
    assertThat(get(path, "Accept", "image/jls").status()).isEqualTo(503);
  }

  private double kept() {
    var counter =
        meters.find("pacs.cache.writes").tags("kind", "rendered", "outcome", "kept").counter();
    return counter == null ? 0 : counter.count();
  }

  /** Frames and objects that were transcoded. */
  private double made() {
    return meters.find("pacs.transcodes").tag("outcome", "done").timers().stream()
        .mapToDouble(timer -> timer.count())
        .sum();
  }

  @Test
  void givenANewVersion_thenNothingOfTheOldOneIsSent() throws IOException {
    Attributes image = SampleObjects.newStudy().image(1);
    put(image);
    Answer old = get(instancePath(image) + "/frames/1", "Accept", "image/dicom-rle");
    byte[] other = new byte[SampleObjects.SIZE * SampleObjects.SIZE * 2];
    Arrays.fill(other, (byte) 3);
    put(image.setBytes(Tag.PixelData, VR.OW, other));

    Answer now = get(instancePath(image) + "/frames/1", "Accept", "image/dicom-rle");
    assertThat(old.status()).isEqualTo(200);
    assertThat(now.status()).isEqualTo(200);
    assertThat(now.body()).isNotEqualTo(old.body());
  }

  private void put(Attributes... objects) {
    byte[][] files = Arrays.stream(objects).map(WadoIT::part10).toArray(byte[][]::new);
    put(files);
  }

  private void put(byte[]... files) {
    assertThat(store("/dicom-web/studies", files).status()).isEqualTo(200);
    indexer.index(files.length);
  }

  @Test
  void givenACorruptFrame_thenItIsRefusedAlone_andCutsTheConnectionBehindOthers()
      throws IOException {
    Attributes image = SampleObjects.newStudy().image(1);
    put(image);
    byte[] good = get(instancePath(image) + "/frames/1", "Accept", "image/dicom-rle").body();
    Fragments fragments = new Fragments();
    fragments.add(new byte[0]);
    fragments.add(Arrays.copyOf(good, good.length + good.length % 2));
    fragments.add(new byte[100]);
    Attributes broken =
        SampleObjects.newStudy()
            .image(1)
            .setInt(Tag.NumberOfFrames, 2)
            .set(Tag.PixelData, VR.OB, fragments);
    put(part10(broken, UID.RLELossless));
    String path = instancePath(broken);

    Answer frame = get(path + "/frames/2", "Accept", "application/octet-stream");
    Answer object = get(path, "Accept", "application/dicom");
    for (Answer answer : List.of(frame, object)) {
      assertThat(answer.status()).isEqualTo(406);
      assertThat(answer.json().get("detail").asString()).contains("RLE").contains("=*");
    }
    assertThat(get(path + "/frames/1", "Accept", "application/octet-stream").status())
        .isEqualTo(200);
    String octets = "multipart/related; type=application/octet-stream";
    // The first ones are on their way, as they are more than any buffer of the answer holds.
    String many = "1,".repeat(400) + "2";
    assertThatThrownBy(
            () -> {
              Answer whole = get(path + "/frames/" + many, "Accept", octets);
              throw new AssertionError(
                  "answered " + whole.status() + " " + whole.response().version());
            })
        .isInstanceOf(UncheckedIOException.class);
    // Who takes it as it is too gets it so.
    Answer anyway =
        get(path, "Accept", "application/dicom, application/dicom; transfer-syntax=*; q=0.5");
    assertThat(anyway.header("Content-Type")).isEqualTo(DICOM + UID.RLELossless);
    Answer frameAnyway =
        get(
            path + "/frames/2",
            "Accept",
            "application/octet-stream, application/octet-stream; transfer-syntax=*; q=0.5");
    assertThat(frameAnyway.status()).isEqualTo(200);
    assertThat(frameAnyway.header("Content-Type")).endsWith(UID.RLELossless);
    assertThat(frameAnyway.body()).hasSize(100);
  }

  @Test
  void givenLossIsWanted_thenTheRefusalSaysWhatThereIs() throws IOException {
    Answer answer =
        get(stored("synthetic/ts/explicit_ct.dcm"), "Accept", DICOM + UID.JPEGBaseline8Bit);

    assertThat(answer.status()).isEqualTo(406);
    assertThat(answer.json().get("detail").asString()).contains("/rendered");
    assertThat(answer.json().get("available").toString()).contains(UID.JPEG2000Lossless);
  }
}
