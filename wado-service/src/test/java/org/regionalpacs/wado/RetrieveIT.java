package org.regionalpacs.wado;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.data.VR;
import org.regionalpacs.messages.StorageMessage;
import org.regionalpacs.test.SampleObjects;
import tools.jackson.databind.JsonNode;

class RetrieveIT extends WadoIT {
  private static final int FRAME = SampleObjects.SIZE * SampleObjects.SIZE * 2;
  private static final String VIEWER_FRAMES =
      "multipart/related; type=\"image/jls\"; transfer-syntax=1.2.840.10008.1.2.4.80,"
          + " multipart/related; type=\"application/octet-stream\"; transfer-syntax=*,"
          + " multipart/related; type=\"image/jpeg\"; transfer-syntax=1.2.840.10008.1.2.4.50";

  private final SampleObjects sample = SampleObjects.newStudy();
  private final List<Attributes> images = new ArrayList<>();
  private Attributes first;
  private Attributes implicit;
  private Attributes multiFrame;
  private Attributes lost;
  private Attributes noPixels;

  @BeforeAll
  void storeStudy() throws IOException {
    for (int i = 1; i <= 3; i++) {
      images.add(sample.image(i).setBytes(Tag.RedPaletteColorLookupTableData, VR.OW, lut()));
    }
    first = images.getFirst();
    implicit = SampleObjects.newStudy().image(1);
    byte[] pixels = new byte[3 * FRAME];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i * 31);
    }
    multiFrame =
        SampleObjects.newStudy()
            .image(1)
            .setString(Tag.NumberOfFrames, "3")
            .setBytes(Tag.PixelData, VR.OW, pixels);
    lost = SampleObjects.newStudy().image(1);
    noPixels = SampleObjects.newStudy().image(1).remove(Tag.PixelData);
    List<byte[]> objects = new ArrayList<>(images.stream().map(WadoIT::part10).toList());
    objects.add(part10(implicit, UID.ImplicitVRLittleEndian));
    objects.add(part10(multiFrame, UID.ExplicitVRBigEndian));
    objects.add(part10(lost));
    objects.add(part10(noPixels));
    Answer stored = store("/dicom-web/studies", objects.toArray(byte[][]::new));
    assertThat(stored.status()).isEqualTo(200);
    List<StorageMessage> messages = indexer.index(objects.size());
    for (StorageMessage message : messages) {
      if (message.sopInstance().equals(lost.getString(Tag.SOPInstanceUID, ""))) {
        Files.delete(online.resolve(message.filePath()));
      }
    }
  }

  private static byte[] lut() {
    byte[] lut = new byte[4096];
    for (int i = 0; i < lut.length; i++) {
      lut[i] = (byte) i;
    }
    return lut;
  }

  @Test
  void givenAStudy_thenItsFilesGoOutWithALengthAndTheirTransferSyntax() throws IOException {
    Answer answer =
        get("/studies/" + sample.studyUid(), "Accept", "multipart/related; type=application/dicom");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type"))
        .startsWith("multipart/related; type=\"application/dicom\"; boundary=");
    assertThat(answer.header("Content-Length")).isEqualTo("" + answer.body().length);
    assertThat(new String(answer.body(), 0, 200))
        .startsWith("--")
        .contains("\r\nContent-Type: application/dicom; transfer-syntax=1.2.840.10008.1.2.1\r\n");
    assertThat(answer.parts()).hasSize(3);
    for (ReceivedPart part : answer.parts()) {
      assertThat(images)
          .anyMatch(image -> Arrays.equals(dataSet(part10(image)), dataSet(part.body())));
    }
    assertThat(get("/studies/" + sample.studyUid() + "/series/" + sample.seriesUid()).parts())
        .hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "multipart/related; type=\"application/dicom\"",
        "multipart/related; type=application/dicom; transfer-syntax=*",
        "multipart/related;type=\"application/dicom\";transfer-syntax=1.2.840.10008.1.2.1",
        "application/json;q=0.1, multipart/related; type=\"application/dicom\";q=0.9",
        "*/*",
        ""
      })
  void givenAnInstance_thenEveryAcceptThatAllowsItGetsIt(String accept) throws IOException {
    Answer answer =
        accept.isEmpty() ? get(instancePath(first)) : get(instancePath(first), "Accept", accept);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(dataSet(answer.parts().getFirst().body())).isEqualTo(dataSet(part10(first)));
  }

  @Test
  void givenASinglePartIsAccepted_thenTheFileIsTheBody() {
    Answer header = get(instancePath(first), "Accept", "application/dicom");
    Answer parameter = get(instancePath(first) + "?accept=application/dicom", "Accept", "*/*");

    for (Answer answer : List.of(header, parameter)) {
      assertThat(answer.header("Content-Type"))
          .isEqualTo("application/dicom; transfer-syntax=1.2.840.10008.1.2.1");
      assertThat(dataSet(answer.body())).isEqualTo(dataSet(part10(first)));
    }
  }

  @Test
  void givenImplicitLittleEndian_thenItIsRecodedUnlessAskedForAsStored() throws IOException {
    Answer recoded = get(instancePath(implicit), "Accept", "application/dicom");
    Answer asStored = get(instancePath(implicit), "Accept", "application/dicom; transfer-syntax=*");

    assertThat(recoded.header("Content-Type")).endsWith("=" + UID.ExplicitVRLittleEndian);
    assertThat(dataSet(recoded.body())).isEqualTo(dataSet(part10(implicit)));
    assertThat(asStored.header("Content-Type")).endsWith("=" + UID.ImplicitVRLittleEndian);
    assertThat(dataSet(asStored.body()))
        .isEqualTo(dataSet(part10(implicit, UID.ImplicitVRLittleEndian)));
  }

  @Test
  void givenAZipIsAccepted_thenEachInstanceIsAFileInTheFolderOfItsSeries() throws IOException {
    String series = "/studies/" + sample.studyUid() + "/series/" + sample.seriesUid();
    List<Answer> answers =
        List.of(
            get("/studies/" + sample.studyUid(), "Accept", "application/zip"),
            get(series + "?accept=application/zip"));
    for (Answer answer : answers) {
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("Content-Type")).isEqualTo("application/zip");
      assertThat(answer.header("Content-Disposition")).contains(sample.studyUid() + ".zip");
      try (var zip = new ZipInputStream(new ByteArrayInputStream(answer.body()))) {
        for (Attributes image : images) {
          String name = image.getString(Tag.SOPInstanceUID, "") + ".dcm";
          assertThat(zip.getNextEntry().getName()).startsWith(sample.seriesUid() + "/2.25.");
          assertThat(new String(answer.body(), ISO_8859_1)).contains("/" + name);
          byte[] file = zip.readAllBytes();
          assertThat(images).anyMatch(i -> Arrays.equals(dataSet(part10(i)), dataSet(file)));
        }
        assertThat(zip.getNextEntry()).isNull();
      }
    }
    Answer recoded = get(instancePath(implicit), "Accept", "application/zip");
    assertThat(new String(recoded.body(), ISO_8859_1)).startsWith("PK");
  }

  @Test
  void givenASyntaxThatCanNotBeMade_then406NamesWhatThereIs() {
    Answer answer =
        get(
            instancePath(first),
            "Accept",
            "multipart/related; type=\"application/dicom\"; transfer-syntax=1.2.840.10008.1.2.4.91");

    assertThat(answer.status()).isEqualTo(406);
    assertThat(answer.json().get("available").toString()).contains(UID.ExplicitVRLittleEndian);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "multipart/related; type=\"application/octet-stream\"; transfer-syntax=\"*\"",
        "multipart/related; type=application/octet-stream; transfer-syntax=*",
        VIEWER_FRAMES
      })
  void givenTheViewersFrameRequests_thenAPartWithItsTransferSyntax(String accept)
      throws IOException {
    Answer answer = get(instancePath(first) + "/frames/1", "Accept", accept);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Length")).isEqualTo("" + answer.body().length);
    assertThat(answer.parts()).hasSize(1);
    assertThat(answer.parts().getFirst().contentType())
        .isEqualTo("application/octet-stream; transfer-syntax=1.2.840.10008.1.2.1");
    assertThat(answer.parts().getFirst().body())
        .isEqualTo(first.getBytes(Tag.PixelData).orElseThrow());
  }

  @Test
  void givenAFrameListOfABigEndianObject_thenEachIsAPartInLittleEndian() throws IOException {
    byte[] pixels = multiFrame.getBytes(Tag.PixelData).orElseThrow();
    List<ReceivedPart> parts = get(instancePath(multiFrame) + "/frames/3%2C1").parts();

    assertThat(parts).hasSize(2);
    assertThat(parts.get(0).body()).isEqualTo(Arrays.copyOfRange(pixels, 2 * FRAME, 3 * FRAME));
    assertThat(parts.get(1).body()).isEqualTo(Arrays.copyOfRange(pixels, 0, FRAME));
    Answer single =
        get(instancePath(multiFrame) + "/frames/2", "Accept", "application/octet-stream");
    assertThat(single.body()).isEqualTo(Arrays.copyOfRange(pixels, FRAME, 2 * FRAME));
  }

  @ParameterizedTest
  @CsvSource({
    "frames/4, 404",
    "frames/0, 400",
    "frames/x, 400",
    "frames/1;2, 400",
    "'frames/1,', 400",
    "bulkdata/xyz, 400",
    "bulkdata/00091001, 404",
    "nonsense, 404"
  })
  void givenWhatIsNotThere_thenProblemJson(String path, int status) {
    Answer answer = get(instancePath(multiFrame) + "/" + path.replace(";", "%3B"));

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.json().get("status").asInt()).isEqualTo(status);
  }

  @Test
  void givenAnObjectWithoutPixels_thenItHasNoFrames() {
    assertThat(get(instancePath(noPixels) + "/frames/1").status()).isEqualTo(404);
  }

  @Test
  void givenUnknownUids_thenItIsSaidWhichOfThem() {
    String study = "/studies/" + sample.studyUid();
    String series = study + "/series/" + sample.seriesUid();
    for (String suffix : List.of("", "/metadata")) {
      assertThat(detail("/studies/1.2.3" + suffix)).isEqualTo("There is no study 1.2.3.");
      assertThat(detail("/studies/1.2/series/1.2.3" + suffix)).isEqualTo("There is no study 1.2.");
      assertThat(detail(study + "/series/1.2.3" + suffix))
          .isEqualTo("There is no series 1.2.3 in study " + sample.studyUid() + ".");
      assertThat(detail(series + "/instances/1.2.3" + suffix))
          .isEqualTo("There is no instance 1.2.3 in series " + sample.seriesUid() + ".");
    }
    assertThat(detail(series + "/instances/1.2.3/frames/1")).startsWith("There is no instance");
    assertThat(get("/studies/1..1").status()).isEqualTo(400);
  }

  private String detail(String path) {
    Answer answer = get(path);
    assertThat(answer.status()).as(path).isEqualTo(404);
    return answer.json().get("detail").asString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/frames/1", "/bulkdata/7FE00010"})
  void givenBytesThatCanNotBeReached_then503(String path) {
    Answer answer = get(instancePath(lost) + path);

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.header("Retry-After")).isEqualTo("30");
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bulkdata", "bulk"})
  void givenBulkData_thenItIsServedWholeAndByRange(String name) throws IOException {
    String path = instancePath(first) + "/" + name + "/00281201";
    Answer whole = get(path);
    assertThat(whole.header("Content-Type")).isEqualTo("application/octet-stream");
    assertThat(whole.header("Accept-Ranges")).isEqualTo("bytes");
    assertThat(whole.body()).isEqualTo(lut());

    Answer range = get(path, "Range", "bytes=100-199", "Accept", "application/octet-stream");
    assertThat(range.status()).isEqualTo(206);
    assertThat(range.header("Content-Range")).isEqualTo("bytes 100-199/4096");
    assertThat(range.body()).isEqualTo(Arrays.copyOfRange(lut(), 100, 200));
    assertThat(get(path, "Range", "bytes=5000-").status()).isEqualTo(416);
    assertThat(get(path, "Range", "bytes=0-1", "If-Range", "\"other\"").body()).hasSize(4096);

    Answer multipart = get(path, "Accept", "multipart/related; type=\"application/octet-stream\"");
    assertThat(multipart.parts().getFirst().body()).isEqualTo(lut());
    assertThat(get(path, "Accept", "image/png").status()).isEqualTo(406);
  }

  @Test
  void givenSeriesMetadata_thenItIsServedWithEntityTagAndGzip() throws IOException {
    String path = "/studies/" + sample.studyUid() + "/series/" + sample.seriesUid() + "/metadata";
    Answer plain = get(path, "Accept", "application/dicom+json");
    assertThat(plain.status()).isEqualTo(200);
    assertThat(plain.header("Content-Type")).isEqualTo("application/dicom+json");
    assertThat(plain.json()).hasSize(3);

    Answer zipped = get(path, "Accept-Encoding", "gzip, deflate");
    assertThat(zipped.header("Content-Encoding")).isEqualTo("gzip");
    assertThat(zipped.response().headers().allValues("Vary")).contains("Accept-Encoding");
    byte[] unzipped = new GZIPInputStream(new ByteArrayInputStream(zipped.body())).readAllBytes();
    assertThat(unzipped).isEqualTo(plain.body());

    for (Answer known : List.of(plain, zipped)) {
      String etag = known.header("ETag");
      boolean gzip = known == zipped;
      Answer again =
          get(path, "If-None-Match", etag, "Accept-Encoding", gzip ? "gzip" : "identity");
      assertThat(again.status()).isEqualTo(304);
      assertThat(again.body()).isEmpty();
    }
    assertThat(plain.header("ETag")).isNotEqualTo(zipped.header("ETag"));
  }

  @Test
  void givenBulkDataUrisOfMetadata_thenTheyLeadToTheBytes() {
    JsonNode metadata = get(instancePath(first) + "/metadata").json().get(0);
    String uri = metadata.at("/00281201/BulkDataURI").asString("");

    assertThat(uri).startsWith(BASE_URL + instancePath(first) + "/");
    assertThat(get(uri.substring(BASE_URL.length())).body()).isEqualTo(lut());
    assertThat(metadata.at("/00083002/Value/0").asString("")).isEqualTo(UID.ExplicitVRLittleEndian);
  }

  @Test
  void givenStudyMetadata_thenItIsTheSeriesTogether() throws IOException {
    Answer plain = get("/studies/" + sample.studyUid() + "/metadata");
    assertThat(plain.json()).hasSize(3);
    Answer zipped = get("/studies/" + sample.studyUid() + "/metadata", "Accept-Encoding", "gzip");
    assertThat(new GZIPInputStream(new ByteArrayInputStream(zipped.body())).readAllBytes())
        .isEqualTo(plain.body());
    assertThat(
            get(
                    "/studies/" + sample.studyUid() + "/metadata",
                    "If-None-Match",
                    "\"x\", W/" + plain.header("ETag"))
                .status())
        .isEqualTo(304);
  }

  @Test
  void givenHeadAndOptions_thenHeadersOnly() {
    Answer head = send("HEAD", "/dicom-web" + instancePath(first), BodyPublishers.noBody());
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(Long.parseLong(head.header("Content-Length"))).isGreaterThan(FRAME);

    Answer options = send("OPTIONS", "/dicom-web" + instancePath(first), BodyPublishers.noBody());
    assertThat(options.status()).isEqualTo(200);
    assertThat(options.header("Allow")).contains("GET", "HEAD", "OPTIONS");
    assertThat(send("PUT", "/dicom-web/studies", BodyPublishers.noBody()).status()).isEqualTo(405);
  }

  @Test
  void givenAPageOfAnAllowedOrigin_thenItMayReadAlsoProblems() {
    String origin = "https://viewer.example";
    Answer preflight =
        send(
            "OPTIONS",
            "/dicom-web/studies",
            BodyPublishers.noBody(),
            "Origin",
            origin,
            "Access-Control-Request-Method",
            "GET",
            "Access-Control-Request-Headers",
            "authorization");
    assertThat(preflight.header("Access-Control-Allow-Origin")).isEqualTo(origin);
    Answer problem = get("/studies/1.2.3", "Origin", origin);
    assertThat(problem.status()).isEqualTo(404);
    assertThat(problem.header("Access-Control-Allow-Origin")).isEqualTo(origin);
    assertThat(get("/studies", "Origin", "https://evil.example").status()).isEqualTo(403);
  }
}
