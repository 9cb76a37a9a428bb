package org.regionalpacs.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.dicom.io.ByteSource;
import org.regionalpacs.test.Testdata;
import tools.jackson.databind.JsonNode;

/** Programs of others as clients of the whole product: they store, search and retrieve. */
class ForeignClientsIT {
  private static final Duration SOON = Duration.ofMinutes(5);

  /** One of each kind of transfer syntax, and objects that are no images. */
  private static final List<String> SAMPLES =
      List.of(
          "CT_small",
          "rtplan",
          "SC_rgb_small_odd_big_endian",
          "image_dfl",
          "SC_rgb_jpeg_dcmtk",
          "SC_rgb_rle",
          "MR_small_jpeg_ls_lossless",
          "JPEG2000",
          "examples_jpeg2k",
          "reportsi",
          "waveform_ecg");

  @TempDir static Path dir;
  private static RunningProduct product;

  @BeforeAll
  static void up() throws Exception {
    product = SharedProduct.get();
  }

  /** Files of the collection where it is there, and some that are made here. */
  private static List<SampleFile> samples() throws IOException {
    CtStudy.write(dir.resolve("made"), 2, 3);
    List<Path> paths = new ArrayList<>();
    try (Stream<Path> made = Files.walk(dir.resolve("made"))) {
      made.filter(Files::isRegularFile).sorted().forEach(paths::add);
    }
    Optional<Path> folder = Testdata.find().map(all -> all.resolve("pydicom/test_files"));
    folder.ifPresent(files -> SAMPLES.forEach(name -> paths.add(files.resolve(name + ".dcm"))));
    List<SampleFile> samples = new ArrayList<>();
    for (Path path : paths) {
      samples.add(SampleFile.read(path));
    }
    return samples;
  }

  private static void awaitIndexed(SampleFile file) {
    await()
        .atMost(SOON)
        .until(() ->
            product.dicomWeb().object(file.study(), file.series(), file.sopInstance()).isPresent());
  }

  @Test
  void givenOrthancsDicomWebPlugin_whenItStoresSearchesAndRetrieves_thenAllBytesAreTheSame()
      throws Exception {
    String url = "http://127.0.0.1:" + product.httpPort() + "/dicom-web/";
    try (OrthancServer orthanc = OrthancServer.start(dir, url)) {
      Map<String, SampleFile> byId = new LinkedHashMap<>();
      for (SampleFile sample : samples()) {
        byId.put(orthanc.take(sample.path()), sample);
      }
      orthancStores(orthanc, byId);
      orthancSearches(orthanc, byId.values().iterator().next());
      orthancRetrieves(orthanc, byId);
    }
  }

  private static void orthancStores(OrthancServer orthanc, Map<String, SampleFile> byId)
      throws Exception {
    Map<String, SampleFile> digests = new LinkedHashMap<>();
    for (Map.Entry<String, SampleFile> each : byId.entrySet()) {
      // What it keeps is what it sends: it may have written the file anew.
      digests.put(digest(orthanc.file(each.getKey()).body()), each.getValue());
    }
    orthanc.client("stow", Map.of("Resources", List.copyOf(byId.keySet()), "Synchronous", true));
    for (Map.Entry<String, SampleFile> each : digests.entrySet()) {
      SampleFile file = each.getValue();
      awaitIndexed(file);
      byte[] here =
          product
              .dicomWeb()
              .object(file.study(), file.series(), file.sopInstance(), file.transferSyntax())
              .orElseThrow();
      assertThat(digest(here)).as(file.path().toString()).isEqualTo(each.getKey());
    }
  }

  private static void orthancSearches(OrthancServer orthanc, SampleFile file) throws IOException {
    JsonNode studies =
        orthanc.client(
            "qido",
            Map.of(
                "Uri",
                "/studies",
                "Arguments",
                Map.of("StudyInstanceUID", file.study(), "fuzzymatching", "true", "limit", "11")));
    assertThat(studies.size()).isEqualTo(1);
    // That is how it shows a search: tag, then name and value.
    assertThat(studies.get(0).get("0020000D").get("Value").asString()).isEqualTo(file.study());
    String series = "/studies/" + file.study() + "/series";
    assertThat(orthanc.client("qido", Map.of("Uri", series)).size()).isEqualTo(2);

    JsonNode instances =
        orthanc.client("get", Map.of("Uri", series + "/" + file.series() + "/instances"));
    assertThat(instances.size()).isEqualTo(3);
    HttpResponse<byte[]> rendered =
        orthanc.clientAnswer(
            "get",
            Map.of(
                "Uri",
                series + "/" + file.series() + "/instances/" + file.sopInstance() + "/rendered"));
    assertThat(rendered.headers().firstValue("Content-Type").orElse("")).isEqualTo("image/jpeg");
    assertThat(rendered.body()).startsWith(0xFF, 0xD8);
  }

  private static void orthancRetrieves(OrthancServer orthanc, Map<String, SampleFile> byId)
      throws Exception {
    for (String action : List.of("retrieve", "wado")) {
      for (Map.Entry<String, SampleFile> each : byId.entrySet()) {
        SampleFile file = each.getValue();
        String before = digest(orthanc.file(each.getKey()).body());
        orthanc.forget(each.getKey());
        assertThat(orthanc.file(each.getKey()).statusCode()).isEqualTo(404);
        if (action.equals("wado")) {
          String uri = "/studies/" + file.study() + "/series/" + file.series() + "/instances/";
          orthanc.awaitSuccess(orthanc.client("wado", Map.of("Uri", uri + file.sopInstance())));
        } else {
          orthanc.client(
              "retrieve",
              Map.of(
                  "Resources",
                  List.of(
                      Map.of(
                          "Study", file.study(),
                          "Series", file.series(),
                          "Instance", file.sopInstance())),
                  "Synchronous",
                  true));
        }
        HttpResponse<byte[]> after = orthanc.file(each.getKey());
        assertThat(after.statusCode())
            .as(action + " " + file.path() + orthanc.log())
            .isEqualTo(200);
        assertThat(digest(after.body())).as(action + " " + file.path()).isEqualTo(before);
      }
    }
  }

  @Test
  void givenDicomwebClientOfNpm_whenItStoresSearchesAndRetrieves_thenAllIsAsItWasStored()
      throws Exception {
    NodeClient node = NodeClient.install();
    String url = "http://127.0.0.1:" + product.httpPort() + "/dicom-web";
    ViewerStudy study = ViewerStudy.write(dir.resolve("viewer"));

    JsonNode stored = node.run("store", url, study.native3Frames(), study.compressed2Frames());
    assertThat(stored.get("stored").asInt()).isEqualTo(2);
    assertThat(stored.get("failed").asInt()).isZero();
    for (SampleFile file : study.files()) {
      awaitIndexed(file);
    }

    SampleFile image = study.files().getFirst();
    SampleFile compressed = study.files().getLast();
    JsonNode read =
        node.run(
            "read",
            url,
            image.study(),
            image.series(),
            image.sopInstance(),
            compressed.series(),
            compressed.sopInstance());
    study.expected().forEach((what, value) -> assertThat(read.get(what)).as(what).isEqualTo(value));
    assertThat(read.propertyNames()).containsExactlyInAnyOrderElementsOf(study.expected().keySet());
  }

  private static String digest(byte[] part10) throws IOException {
    return SampleFile.digest(ByteSource.of(part10));
  }
}
