package org.regionalpacs.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.io.DicomInputStream;
import org.regionalpacs.dicom.net.ProposedContext;
import org.regionalpacs.dicom.net.RemoteAe;
import org.regionalpacs.dicom.net.ScuOptions;
import org.regionalpacs.dicom.net.StoreResponse;
import org.regionalpacs.dicom.net.StoreScu;
import org.regionalpacs.test.ExternalTool;
import org.regionalpacs.test.SampleObjects;
import org.regionalpacs.test.Testdata;
import tools.jackson.databind.JsonNode;

/** The whole main job, end to end: images in by C-STORE, the study out by DICOMweb. */
abstract class WalkingProduct {
  private static final int DEMO_IMAGES = 60;

  final Duration soon;

  @TempDir Path dir;

  /**
   * @param soon within which what was sent can be searched, counted and read
   */
  WalkingProduct(Duration soon) {
    this.soon = soon;
  }

  abstract DicomWeb dicomWeb();

  abstract int dicomPort();

  /** Options of {@code ./pacs} that say whom to send to. */
  abstract List<Object> peer();

  /** The folder in which {@code online} and {@code archive} are. */
  abstract Path data();

  @Test
  void givenTheDemoStudyWasSent_whenItIsOpened_thenListMetadataAndFramesAreRight()
      throws Exception {
    Set<String> before = studies();
    List<Object> line = new ArrayList<>(List.of("demo"));
    line.addAll(peer());
    PacsProcess demo = PacsProcess.run(line.toArray());
    assertThat(demo.exitCode()).as(demo.output()).isZero();

    await().atMost(soon).until(() -> studies().size() == before.size() + 1);
    String study = newIn(studies(), before);
    DicomWeb web = dicomWeb();
    String found = "/studies?StudyInstanceUID=" + study;
    await().atMost(soon).until(() -> number(web.json(found).get(0), "00201208") == DEMO_IMAGES);

    JsonNode listed = web.json(found).get(0);
    JsonNode metadata = web.json("/studies/" + study + "/metadata");
    assertThat(metadata.size()).isEqualTo(DEMO_IMAGES);
    assertThat(number(listed, "00201206")).isEqualTo(2);
    assertThat(text(listed, "00080061")).isEqualTo("CT");

    for (JsonNode instance : List.of(metadata.get(0), metadata.get(metadata.size() - 1))) {
      checkFrame(study, instance);
    }
    await()
        .atMost(soon)
        .untilAsserted(() ->
            assertThat(
                    web.json("/changes?limit=1000")
                        .get("changes")
                        .valueStream()
                        .filter(change -> change.get("StudyInstanceUID").asString().equals(study))
                        .count())
                .isEqualTo(metadata.size()));
  }

  private void checkFrame(String study, JsonNode instance) throws Exception {
    String path =
        "/studies/%s/series/%s/instances/%s"
            .formatted(study, text(instance, "0020000E"), text(instance, "00080018"));
    HttpResponse<byte[]> frame = dicomWeb().get(path + "/frames/1");
    assertThat(frame.statusCode()).isEqualTo(200);
    byte[] pixels = DicomWeb.onlyPart(frame);
    assertThat(pixels)
        .hasSize(number(instance, "00280010") * number(instance, "00280011") * 2)
        .isEqualTo(pixelsInStore(study, instance));
  }

  private byte[] pixelsInStore(String study, JsonNode instance) throws Exception {
    Path file =
        data()
            .resolve(
                "online/default/%s/%s/%s.dcm"
                    .formatted(study, text(instance, "0020000E"), text(instance, "00080018")));
    try (DicomInputStream in = DicomInputStream.ofFile(file)) {
      return in.readDataSet().getBytes(Tag.PixelData).orElseThrow();
    }
  }

  @Test
  void givenFourSendersOfOneStudy_whenAllAreDone_thenThereIsOnePatientOneStudyWithRightCounts()
      throws Exception {
    ExternalTool.named("storescu");
    CtStudy study = CtStudy.write(dir.resolve("parallel"), 4, 25);
    List<Callable<ExternalTool.Outcome>> senders =
        study.seriesFolders().stream()
            .map(folder -> (Callable<ExternalTool.Outcome>) () -> storescu(folder))
            .toList();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<ExternalTool.Outcome> sender : threads.invokeAll(senders)) {
        assertThat(sender.get().code()).as(sender.get().output()).isZero();
      }
    }

    DicomWeb web = dicomWeb();
    await()
        .atMost(soon)
        .until(() -> web.json("/studies/" + study.studyUid() + "/instances").size() == 100);
    // From then on nothing changes.
    await()
        .atMost(soon)
        .untilAsserted(() -> {
          JsonNode found = web.json("/studies?PatientID=" + study.patientId());
          assertThat(found.size()).isEqualTo(1);
          assertThat(number(found.get(0), "00201206")).isEqualTo(4);
          assertThat(number(found.get(0), "00201208")).isEqualTo(100);
        });
  }

  private PacsProcess send(Path what) throws Exception {
    List<Object> line = new ArrayList<>(List.of("send", what));
    line.addAll(peer());
    return PacsProcess.run(line.toArray());
  }

  private ExternalTool.Outcome storescu(Path folder) {
    return ExternalTool.named("storescu")
        .run("-aec", "REGIONAL_PACS", "+sd", "127.0.0.1", dicomPort(), folder);
  }

  @Test
  void givenAStudyWasSent_thenStatisticsShowItWithinTenSeconds() throws Exception {
    ExternalTool storescu = ExternalTool.named("storescu");
    SampleObjects study = SampleObjects.newStudy();
    String station = "ST" + System.nanoTime() % 1_000_000_000;
    Path images = dir.resolve("statistics");
    for (int number = 1; number <= 3; number++) {
      SampleObjects.write(study.image(number).setString(Tag.StationName, station), images);
    }
    ExternalTool.Outcome sent =
        storescu.run("-aec", "REGIONAL_PACS", "+sd", "127.0.0.1", dicomPort(), images);
    assertThat(sent.code()).as(sent.output()).isZero();

    DicomWeb web = dicomWeb();
    await()
        .atMost(longer(Duration.ofSeconds(10), soon))
        .until(() ->
            web.statistics("received?by=equipment")
                .get("received")
                .valueStream()
                .anyMatch(each ->
                    each.get("Station").asString().equals(station)
                        && each.get("Instances").asInt() == 3));
  }

  @Test
  void givenAWrongCalledAeTitle_whenAssociating_thenTheReasonOfTheRejectionIsRight() {
    ExternalTool.Outcome echo =
        ExternalTool.named("echoscu").run("-aec", "NOBODY", "127.0.0.1", dicomPort());
    assertThat(echo.code()).isNotZero();
    assertThat(echo.output()).contains("Called AE Title Not Recognized");
  }

  @Test
  void givenObjectsWithoutIdentity_whenStored_thenTheStatusSaysWhatIsMissing() throws Exception {
    try (StoreScu scu =
        StoreScu.open(
            new RemoteAe("REGIONAL_PACS", "127.0.0.1", dicomPort()),
            "WALKING_TEST",
            Set.of(ProposedContext.of(UID.CTImageStorage, UID.ExplicitVRLittleEndian)),
            ScuOptions.DEFAULT)) {
      for (int missing : List.of(Tag.SOPInstanceUID, Tag.StudyInstanceUID, Tag.SeriesInstanceUID)) {
        String sop = UID.generate();
        Attributes dataSet =
            new Attributes()
                .setString(Tag.SOPClassUID, UID.CTImageStorage)
                .setString(Tag.SOPInstanceUID, sop)
                .setString(Tag.StudyInstanceUID, UID.generate())
                .setString(Tag.SeriesInstanceUID, UID.generate())
                .remove(missing);
        StoreResponse response =
            scu.store(UID.CTImageStorage, sop, UID.ExplicitVRLittleEndian, CtStudy.stream(dataSet));
        assertThat(response.status()).isEqualTo(0xA900);
        assertThat(response.errorComment())
            .contains(
                org.regionalpacs.dicom.data.ElementDictionary.keywordOf(missing).orElseThrow());
      }
    }
  }

  @Test
  void givenRequestsThatCantBeAnswered_whenAsked_thenTheProblemIsNamed() throws Exception {
    DicomWeb web = dicomWeb();
    assertProblem(web.get("/studies/1.2.3.4/metadata"), 404, "1.2.3.4");
    assertProblem(web.get("/studies/1.2.3.4"), 404, "1.2.3.4");
    assertProblem(web.get("/studies?StudyDate=yesterday"), 400, "StudyDate");
    assertProblem(web.get("/studies?limit=many"), 400, "limit");
  }

  private static void assertProblem(HttpResponse<byte[]> response, int status, String named) {
    String body = new String(response.body(), StandardCharsets.UTF_8);
    assertThat(response.statusCode()).as(body).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
    assertThat(body).contains(named);
  }

  @Test
  void givenStoredObjects_whenTheArchiverHasRun_thenTheirCopiesAreInTheArchive() throws Exception {
    CtStudy study = CtStudy.write(dir.resolve("archive"), 1, 2);
    assertThat(send(dir.resolve("archive")).exitCode()).isZero();
    await()
        .atMost(soon)
        .untilAsserted(() ->
            assertThat(archived(study.studyUid()))
                .hasSize(2)
                .containsExactlyInAnyOrderElementsOf(study.digests()));
  }

  @Test
  void givenWhatViewersDoNotDecode_whenItArrives_thenThereAreRenditionsAndTheOriginalsStay()
      throws Exception {
    List<Path> samples =
        List.of(
            Testdata.path("synthetic/ts/bigendian_ct.dcm"),
            Testdata.path(
                "cornerstone3D/testImages/CTImage.dcm_JPEGProcess6_8TransferSyntax"
                    + "_1.2.840.10008.1.2.4.53.dcm"));
    for (Path sample : samples) {
      assertThat(send(sample).exitCode()).isZero();
    }
    for (Path sample : samples) {
      String study = SampleFile.read(sample).study();
      await()
          .atMost(longer(Duration.ofSeconds(30), soon.multipliedBy(3)))
          .untilAsserted(() -> {
            assertThat(renditions(study)).hasSize(1);
            assertThat(archived(study)).contains(SampleFile.read(sample).digest());
          });
    }
  }

  /** Their manifests. */
  private List<String> renditions(String study) throws Exception {
    List<String> manifests = new ArrayList<>();
    try (Stream<Path> files = Files.walk(data().resolve("archive"))) {
      for (Path file :
          files
              .filter(each -> each.toString().contains(study) && each.toString().endsWith(".json"))
              .toList()) {
        manifests.add(Files.readString(file));
      }
    }
    return manifests.stream().filter(text -> text.contains("\"RenditionOf\"")).toList();
  }

  private List<String> archived(String study) throws Exception {
    List<String> digests = new ArrayList<>();
    Path archive = data().resolve("archive");
    try (Stream<Path> files = Files.walk(archive)) {
      for (Path file :
          files
              .filter(each -> each.toString().contains(study) && each.toString().endsWith(".dcm"))
              .toList()) {
        digests.add(SampleFile.read(file).digest());
      }
    }
    return digests;
  }

  private Set<String> studies() throws Exception {
    Set<String> uids = new TreeSet<>();
    dicomWeb().json("/studies?limit=10000").forEach(study -> uids.add(text(study, "0020000D")));
    return uids;
  }

  private static String newIn(Set<String> now, Set<String> before) {
    return now.stream().filter(each -> !before.contains(each)).findFirst().orElseThrow();
  }

  private static String text(JsonNode dataSet, String tag) {
    return dataSet.path(tag).path("Value").path(0).asString("");
  }

  private static int number(JsonNode dataSet, String tag) {
    return dataSet.path(tag).path("Value").path(0).asInt(0);
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? other : one;
  }
}
