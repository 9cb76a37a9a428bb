package org.regionalpacs.wado;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.VR;
import org.regionalpacs.messages.StorageMessage;
import org.regionalpacs.test.SampleObjects;
import org.springframework.test.context.TestPropertySource;

/** Deleting by REST: what was answered with 204 is gone. */
@TestPropertySource(properties = "pacs.delete.enabled=true")
class DeleteIT extends WadoIT {
  private SampleObjects study;
  private String path;
  private final List<StorageMessage> messages = new ArrayList<>();

  @BeforeEach
  void newStudy() {
    study = SampleObjects.newStudy();
    path = "/studies/" + study.studyUid();
    messages.clear();
  }

  @Test
  void givenAStudy_whenDeleted_thenItIsNeitherFoundNorRetrieved() {
    Attributes image = stored(1);
    Attributes other = stored(study.newSeries(), 2);

    assertThat(delete(path).status()).isEqualTo(204);

    assertThat(get("/studies?StudyInstanceUID=" + study.studyUid()).json()).isEmpty();
    assertThat(get("/instances?StudyInstanceUID=" + study.studyUid()).json()).isEmpty();
    for (Attributes each : List.of(image, other)) {
      assertThat(get(instancePath(each)).status()).isEqualTo(404);
      assertThat(get(instancePath(each) + "/metadata").status()).isEqualTo(404);
      assertThat(get(instancePath(each) + "/frames/1").status()).isEqualTo(404);
    }
    assertThat(get(path + "/metadata").status()).isEqualTo(404);
    assertThat(delete(path).status()).isEqualTo(404);
  }

  @Test
  void givenASeriesAndAnInstance_whenDeleted_thenTheRestIsThere() {
    Attributes first = stored(1);
    Attributes second = stored(2);
    Attributes other = stored(study.newSeries(), 3);
    assertThat(get(path + "/metadata").json()).hasSize(3);

    assertThat(delete(instancePath(first)).status()).isEqualTo(204);
    assertThat(instancesIn(path)).isEqualTo(Set.of(sop(second), sop(other)));
    assertThat(get(path + "/metadata").json()).hasSize(2);

    assertThat(delete(path + "/series/" + study.seriesUid()).status()).isEqualTo(204);
    assertThat(instancesIn(path)).isEqualTo(Set.of(sop(other)));
    assertThat(get(path + "/metadata").json()).hasSize(1);
    assertThat(get("/studies?StudyInstanceUID=" + study.studyUid()).json()).hasSize(1);
  }

  @Test
  void givenADeletedStudy_whenItsMessagesComeAgain_thenNothingReturns() {
    stored(1);
    assertThat(delete(path).status()).isEqualTo(204);

    indexer.index(messages);

    assertThat(get("/studies?StudyInstanceUID=" + study.studyUid()).json()).isEmpty();
  }

  /** Who asks for the same at the same time shares the work, but nothing that began before. */
  @Test
  void givenOthersWhoSearchForTheSameAllTheTime_whenIndexedOrDeleted_thenTheNextSearchKnows() {
    String search = "/studies?StudyInstanceUID=" + study.studyUid();
    AtomicBoolean goOn = new AtomicBoolean(true);
    try (ExecutorService others = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> searching = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        searching.add(
            others.submit(() -> {
              while (goOn.get()) {
                assertThat(get(search).status()).isEqualTo(200);
              }
            }));
      }
      try {
        for (int round = 0; round < 8; round++) {
          stored(round);
          assertThat(get(search).json()).hasSize(1);
          assertThat(delete(path).status()).isEqualTo(204);
          assertThat(get(search).json()).isEmpty();
        }
      } finally {
        goOn.set(false);
      }
      assertThat(searching).allSatisfy(one -> one.get(30, TimeUnit.SECONDS));
    }
  }

  /** Whatever Redis or the client still has of it. */
  @Test
  void givenAKnownThumbnail_whenItsStudyIsDeleted_thenThereIsNone() {
    Attributes image = stored(1);
    Answer thumbnail = get(instancePath(image) + "/thumbnail");
    assertThat(thumbnail.status()).isEqualTo(200);

    assertThat(delete(path).status()).isEqualTo(204);

    String etag = thumbnail.header("ETag");
    assertThat(get(instancePath(image) + "/thumbnail", "If-None-Match", etag).status())
        .isEqualTo(404);
    assertThat(get(path + "/thumbnail").status()).isEqualTo(404);
  }

  @Test
  void givenWhatIsNotThere_whenDeleted_thenItSaysWhatIsMissing() {
    stored(1);

    Answer noStudy = delete("/studies/1.2.3");
    Answer noSeries = delete(path + "/series/1.2.3");
    Answer noInstance = delete(path + "/series/" + study.seriesUid() + "/instances/1.2.3");
    Answer noUid = delete("/studies/a%20b");

    assertThat(List.of(noStudy.status(), noSeries.status(), noInstance.status(), noUid.status()))
        .isEqualTo(List.of(404, 404, 404, 400));
    assertThat(noSeries.json().at("/detail").asString()).contains("no series 1.2.3 in study");
    assertThat(noStudy.header("Content-Type")).startsWith("application/problem+json");
    assertThat(instancesIn(path)).hasSize(1);
  }

  @Test
  void givenTwoTenants_whenOneDeletes_thenTheOtherKeepsItsOwn() {
    stored(1);

    assertThat(
            send("DELETE", "/tenants/other/dicom-web" + path, HttpRequest.BodyPublishers.noBody())
                .status())
        .isEqualTo(404);
    assertThat(instancesIn(path)).hasSize(1);
  }

  @Test
  void givenAReaderOfALargeObject_whenItIsDeletedMeanwhile_thenItReadsToTheEnd() throws Exception {
    Attributes large = study.image(1);
    large.setBytes(Tag.PixelData, VR.OW, new byte[64 << 20]);
    store("/dicom-web/studies", part10(large));
    indexer.index(1);
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + port + "/dicom-web" + instancePath(large)))
            .header("Accept", "application/dicom; transfer-syntax=*")
            .build();
    try (HttpClient client = HttpClient.newHttpClient();
        InputStream body = client.send(request, HttpResponse.BodyHandlers.ofInputStream()).body()) {
      body.readNBytes(1000);

      assertThat(delete(path).status()).isEqualTo(204);

      assertThat(body.readAllBytes().length).isGreaterThan(64 << 20);
    }
  }

  private Attributes stored(int number) {
    return stored(study, number);
  }

  private Attributes stored(SampleObjects series, int number) {
    Attributes image = series.image(number);
    assertThat(store("/dicom-web/studies", part10(image)).status()).isEqualTo(200);
    messages.addAll(indexer.index(1));
    return image;
  }

  private Answer delete(String deleted) {
    return send("DELETE", "/dicom-web" + deleted, HttpRequest.BodyPublishers.noBody());
  }

  private Set<String> instancesIn(String of) {
    return get(of + "/instances")
        .json()
        .valueStream()
        .map(each -> each.at("/00080018/Value/0").asString())
        .collect(Collectors.toSet());
  }

  private static String sop(Attributes image) {
    return image.getString(Tag.SOPInstanceUID, "");
  }
}
