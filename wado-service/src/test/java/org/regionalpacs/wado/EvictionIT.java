package org.regionalpacs.wado;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.data.VR;
import org.regionalpacs.index.InstanceObject;
import org.regionalpacs.index.InstanceObjects;
import org.regionalpacs.index.LocationWriter.PlacedObject;
import org.regionalpacs.index.ObjectLocation;
import org.regionalpacs.index.ReceptionKey;
import org.regionalpacs.nodes.BringBackStudy;
import org.regionalpacs.nodes.EvictStudies;
import org.regionalpacs.nodes.NodeTaskPlanner;
import org.regionalpacs.nodes.PlannedTask;
import org.regionalpacs.storage.BlobStore;
import org.regionalpacs.test.SampleObjects;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/** A study is stored, evicted, read from the archive, and brought back. */
@TestPropertySource(
    properties = {"pacs.eviction.access-flush=50ms", "pacs.eviction.access-interval=0s"})
class EvictionIT extends WadoIT {
  private static final Duration SOON = Duration.ofSeconds(60);

  @Autowired JdbcClient jdbc;
  @Autowired BlobStore archive;
  @Autowired InstanceObjects instances;

  private SampleObjects study;
  private Attributes object;
  private Path file;

  @BeforeEach
  void storeAndArchive() throws IOException {
    study = SampleObjects.newStudy();
    object = study.image(1);
    assertThat(store("/dicom-web/studies", part10(object)).status()).isEqualTo(200);
    indexer.index(1);
    InstanceObject stored = instances.ofStudy("default", study.studyUid()).getFirst();
    file = online.resolve(stored.locations().getFirst().blobId());
    // By copying: a copy that shares the file's bytes would keep it where it is.
    String blob = "default/" + stored.receptionId() + ".dcm";
    archive.put(blob, Files.newInputStream(file), Files.size(file));
    locationWriter.upsert(
        List.of(
            new PlacedObject(
                new ReceptionKey(
                    "default", stored.study(), stored.series(), stored.sop(), stored.receptionId()),
                new ObjectLocation(archive.name(), "", blob, 0, Files.size(file)))));
  }

  @Test
  void givenAStudy_whenItGoesAndComesBack_thenReadersGetTheSame() throws Exception {
    byte[] bytes = Files.readAllBytes(file);
    byte[] whole = get(instancePath(object), "Accept", "application/dicom").body();
    assertThat(whole).isNotEmpty();
    byte[] frame = frame();

    run(EvictStudies.KIND, new EvictStudies(List.of(evicted())));

    assertThat(file).doesNotExist();
    assertThat(get(instancePath(object), "Accept", "application/dicom").body()).isEqualTo(whole);
    assertThat(dicom(instancePath(object))).isEqualTo(bytes);
    assertThat(frame()).isEqualTo(frame);
    assertThat(get("/studies?StudyInstanceUID=" + study.studyUid()).json().size()).isEqualTo(1);
    await().atMost(SOON).until(() -> column("wanted is not null"));

    run(BringBackStudy.KIND, new BringBackStudy("default", study.studyUid()));

    assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
    assertThat(dicom(instancePath(object))).isEqualTo(bytes);
    assertThat(column("online and evicted_objects = 0")).isTrue();
  }

  /** PS3.3 C.4.23.1.1 for what it means, PS3.4 C.4.1.1.3.2 for series and studies. */
  @Test
  void givenAStudy_whenPartOfItGoesAndComesBack_thenTheLeastAvailableInstanceDecides()
      throws IOException {
    run(EvictStudies.KIND, new EvictStudies(List.of(evicted())));
    Attributes later = study.image(2);
    Attributes otherSeries = study.image(3).setString(Tag.SeriesInstanceUID, VR.UI, UID.generate());
    for (Attributes each : List.of(later, otherSeries)) {
      assertThat(store("/dicom-web/studies", part10(each)).status()).isEqualTo(200);
      indexer.index(1);
    }
    String studies = "/studies?StudyInstanceUID=" + study.studyUid();
    String series = "/studies/" + study.studyUid() + "/series";
    String instances = "/studies/" + study.studyUid() + "/instances";

    assertThat(availability(studies)).containsOnly(entry(study.studyUid(), "NEARLINE"));
    assertThat(availability(series))
        .containsOnly(
            entry(uid(object, "series"), "NEARLINE"), entry(uid(otherSeries, "series"), "ONLINE"));
    assertThat(availability(instances))
        .containsOnly(
            entry(uid(object, "instance"), "NEARLINE"),
            entry(uid(later, "instance"), "ONLINE"),
            entry(uid(otherSeries, "instance"), "ONLINE"));

    run(BringBackStudy.KIND, new BringBackStudy("default", study.studyUid()));

    for (String search : List.of(studies, series, instances)) {
      assertThat(availability(search)).doesNotContainValue("NEARLINE").isNotEmpty();
    }
  }

  private static String uid(Attributes of, String level) {
    return of.getString(level.equals("series") ? Tag.SeriesInstanceUID : Tag.SOPInstanceUID, "");
  }

  /** Instance Availability of each result, by its own UID. */
  private Map<String, String> availability(String search) {
    Map<String, String> found = new HashMap<>();
    for (JsonNode result : get(search, "Accept", "application/dicom+json").json()) {
      String url = result.at("/00081190/Value/0").asString();
      found.put(url.substring(url.lastIndexOf('/') + 1), result.at("/00080056/Value/0").asString());
    }
    return found;
  }

  @Test
  void givenAPinnedStudy_whenItIsToGo_thenItStays() {
    assertThat(
            send(
                    "PUT",
                    "/api/pins/studies/" + study.studyUid(),
                    HttpRequest.BodyPublishers.noBody())
                .status())
        .isEqualTo(200);

    run(EvictStudies.KIND, new EvictStudies(List.of(evicted())));

    assertThat(file).exists();
  }

  @Test
  void givenAColdStudy_whenPinned_thenItIsWantedBack() {
    run(EvictStudies.KIND, new EvictStudies(List.of(evicted())));
    assertThat(column("wanted is null")).isTrue();

    send("PUT", "/api/pins/studies/" + study.studyUid(), HttpRequest.BodyPublishers.noBody());

    assertThat(column("wanted is not null")).isTrue();
  }

  private byte[] frame() throws IOException {
    return get(instancePath(object) + "/frames/1").parts().getFirst().body();
  }

  private byte[] dicom(String path) throws IOException {
    return get(path, "Accept", "multipart/related; type=\"application/dicom\"")
        .parts()
        .getFirst()
        .body();
  }

  private EvictStudies.Study evicted() {
    return new EvictStudies.Study("default", study.studyUid());
  }

  private void run(String kind, Object arguments) {
    String key = UUID.randomUUID().toString();
    NodeTaskPlanner tasks = new NodeTaskPlanner(jdbc);
    tasks.plan(PlannedTask.now(online.node(), kind, key, arguments));
    await()
        .atMost(SOON)
        .until(() -> tasks.outcome(online.node(), kind, key).orElseThrow().done().isPresent());
  }

  private boolean column(String expression) {
    return jdbc.sql("select " + expression + " from online_study where study_uid = ?")
        .param(study.studyUid())
        .query(Boolean.class)
        .single();
  }
}
