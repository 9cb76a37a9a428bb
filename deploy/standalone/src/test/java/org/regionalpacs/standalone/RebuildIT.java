package org.regionalpacs.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.io.DicomOutputStream;
import org.regionalpacs.dicom.io.FileMeta;
import org.regionalpacs.test.SampleObjects;
import org.regionalpacs.test.fastdfs.FakeFastDfs;

/** {@code ./pacs rebuild}: readers are answered as before. */
class RebuildIT {
  private static final Duration SOON = Duration.ofMinutes(5);
  private static final String OTHER_TENANT = "north";

  /** So that reading changes nothing. */
  private static final String SETTINGS =
      """
      pacs.eviction.bring-back: false
      pacs.prefetch.enabled: false
      pacs.tenants.ae-titles:
        - title: REGIONAL_PACS
          tenant: default
        - title: NORTH
          tenant: north
      """;

  @TempDir Path dir;
  private FakeFastDfs cluster;
  private Path data;

  private final SampleObjects local = SampleObjects.newStudy();
  private final SampleObjects versions = SampleObjects.newStudy();
  private final SampleObjects evicted = SampleObjects.newStudy();
  private final SampleObjects deleted = SampleObjects.newStudy();
  private final SampleObjects deletedEvicted = SampleObjects.newStudy();

  @BeforeEach
  void startCluster() throws IOException {
    data = Files.createDirectories(dir.resolve("data"));
    Files.writeString(data.resolve("pacs.yml"), SETTINGS);
    cluster = FakeFastDfs.start(dir.resolve("cluster"), 1, 1);
  }

  @AfterEach
  void stopCluster() throws IOException {
    cluster.close();
  }

  @Test
  void givenTheDatabaseIsLostOrWrong_whenRebuilt_thenEveryAnswerIsTheSame() throws Exception {
    List<RecordedAnswers> before;
    try (RunningProduct product =
        RunningProduct.up(
            data, "--blob-store=fastdfs", "--fastdfs-trackers=" + cluster.trackers())) {
      fill(product);
      before = answers(product);
      assertThat(PacsProcess.run("rebuild", "--yes", "--data", data).output())
          .startsWith("Running on ")
          .contains("stop it first");
    }
    assertThat(before.getFirst().byPath().get("/studies/" + deleted.studyUid())).startsWith("404");
    assertThat(before.getFirst().byPath().toString()).contains("NEARLINE", "ONLINE");

    remove(data.resolve("postgresql"));
    PacsProcess killed =
        PacsProcess.start("rebuild", "--yes", "--data", data).awaitOutput("  objects ");
    killed.process().destroyForcibly();
    killed.exitCode();
    PacsProcess rebuild = PacsProcess.run("rebuild", "--yes", "--data", data);

    assertThat(rebuild.exitCode()).as(rebuild.output()).isZero();
    assertThat(rebuild.output())
        .contains("5 objects that are online, 2 that only the archive has, 1 renditions");
    try (RunningProduct product = RunningProduct.up(data, "--separate")) {
      assertThat(answers(product)).isEqualTo(before);

      execute("delete from instance; delete from location; update study set description = ''");
      whileImagesAreTaken(product);

      assertThat(answers(product)).isEqualTo(before);
      assertThat(PacsProcess.run("status", "--data", data).output())
          .doesNotContain(RebuildCommand.UNFINISHED);
      whatTheDoctorSays();
    }
  }

  /** Here, as the product may be broken. */
  private void whatTheDoctorSays() throws Exception {
    assertThat(PacsProcess.run("stop", "redis", "--data", data).exitCode()).isZero();
    execute("insert into rebuild (phase) values ('indexing')");

    // Each is asked for 5 s, which a busy machine may not have for all at once.
    await()
        .atMost(SOON)
        .untilAsserted(() -> {
          PacsProcess doctor = PacsProcess.run("doctor", "--data", data);
          assertThat(doctor.exitCode()).isEqualTo(1);
          assertThat(doctor.output())
              .containsPattern("ok +product +runs, pid")
              .containsPattern("ok +kafka +answers")
              .containsPattern("ok +storescp +is well")
              .containsPattern("ok +ports +DICOM answers")
              .containsPattern("ok +fastdfs +.*=up")
              .containsPattern("TROUBLE +redis .*on hold")
              .contains(RebuildCommand.UNFINISHED);
        });
    PacsProcess status = PacsProcess.run("status", "--data", data);
    assertThat(status.exitCode()).isEqualTo(1);
    assertThat(status.output()).contains(RebuildCommand.UNFINISHED);
  }

  private void whileImagesAreTaken(RunningProduct product) throws Exception {
    whatHappensWhenItFails();
    SampleObjects arriving = SampleObjects.newStudy();
    arriving.write(dir.resolve("arriving"), 2);
    PacsProcess rebuild =
        PacsProcess.start("rebuild", "--yes", "--data", data)
            .awaitOutput("consumer, wado and webworker are stopped");
    // At once: the first one has but a few objects to go through.
    PacsProcess second = PacsProcess.start("rebuild", "--yes", "--data", data);
    PacsProcess send = PacsProcess.run("send", dir.resolve("arriving"), "--data", data);
    assertThat(send.output()).contains("2 of 2 files stored");
    second.exitCode();
    assertThat(second.output()).contains("Another rebuild of");

    assertThat(rebuild.exitCode()).as(rebuild.output()).isZero();
    assertThat(rebuild.output())
        .as("those of the run that failed, too")
        .contains("consumer, webworker: started again");
    assertThat(PacsProcess.run("start", "wado", "--data", data).exitCode()).isZero();

    await()
        .atMost(SOON)
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(() ->
            product.dicomWeb().get("/studies/" + arriving.studyUid() + "/instances").statusCode()
                == 200);
    await()
        .atMost(SOON)
        .until(() ->
            product.dicomWeb().json("/studies/" + arriving.studyUid() + "/instances").size() == 2);
  }

  /** After one that was broken off, and while an operator has stopped one of the services. */
  private void whatHappensWhenItFails() throws Exception {
    assertThat(PacsProcess.run("stop", "wado", "--data", data).exitCode()).isZero();
    execute("insert into rebuild (phase) values ('indexing')");
    execute("insert into rebuild_known values ('default', gen_random_uuid(), '1', '2', '3')");

    PacsProcess refused = PacsProcess.run("rebuild", "--yes", "--data", data);

    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.output())
        .contains("1 objects that the index knows were found nowhere")
        .contains("consumer, webworker: stopped until the index is whole");
    execute("delete from rebuild_known");
  }

  private void fill(RunningProduct product) throws Exception {
    DicomWeb web = product.dicomWeb();
    store(web, local.image(1), UID.ExplicitVRLittleEndian);
    // Viewers can't decode it: it gets a rendition.
    store(web, local.newSeries().image(2), UID.ExplicitVRBigEndian);
    store(product.dicomWebOf(OTHER_TENANT), local.image(3), UID.ExplicitVRLittleEndian);
    Attributes image = versions.image(1).setString(Tag.PatientName, "Version^One");
    store(web, image, UID.ExplicitVRLittleEndian);
    store(web, image.setString(Tag.ImageComments, "corrected"), UID.ExplicitVRLittleEndian);
    store(web, evicted.image(1), UID.ExplicitVRLittleEndian);
    store(web, evicted.newSeries().image(2), UID.ExplicitVRLittleEndian);
    Attributes one = evicted.image(3);
    store(web, one, UID.ExplicitVRLittleEndian);
    store(web, deleted.image(1), UID.ExplicitVRLittleEndian);
    store(web, deletedEvicted.image(1), UID.ExplicitVRLittleEndian);
    await().atMost(SOON).until(() -> count("location where store = 'fastdfs'") == 11);
    await().atMost(SOON).until(() -> count("rendition") == 1);
    evict(evicted.studyUid(), deletedEvicted.studyUid());
    for (String path :
        List.of(
            "/studies/" + deleted.studyUid(),
            "/studies/" + deletedEvicted.studyUid(),
            "/studies/%s/series/%s/instances/%s"
                .formatted(
                    evicted.studyUid(),
                    evicted.seriesUid(),
                    one.getString(Tag.SOPInstanceUID, "")))) {
      assertThat(web.delete(path)).isEqualTo(204);
    }
    await().atMost(SOON).until(() -> count("deletion where journaled is not null") == 3);
    await()
        .atMost(SOON)
        .until(() -> count("removal") == 0 && count("node_task where done_at is null") == 0);
    await().atMost(SOON).until(() -> count("series where counted_number < change_number") == 0);
  }

  private List<RecordedAnswers> answers(RunningProduct product) throws Exception {
    await().atMost(SOON).until(() -> count("series where counted_number < change_number") == 0);
    int port = product.httpPort();
    return List.of(
        RecordedAnswers.of(
            product.dicomWeb(),
            port,
            local.studyUid(),
            versions.studyUid(),
            evicted.studyUid(),
            deleted.studyUid(),
            deletedEvicted.studyUid()),
        RecordedAnswers.of(product.dicomWebOf(OTHER_TENANT), port, local.studyUid()));
  }

  private void store(DicomWeb web, Attributes object, String transferSyntax) throws Exception {
    Path file = Files.createTempFile(dir, "sent", ".dcm");
    try (OutputStream out = Files.newOutputStream(file)) {
      DicomOutputStream.writeFile(
          FileMeta.of(
              object.getString(Tag.SOPClassUID, ""),
              object.getString(Tag.SOPInstanceUID, ""),
              transferSyntax),
          object,
          out);
    }
    assertThat(web.store(() -> CtStudy.open(file))).isEqualTo(200);
  }

  /** As webworker-service plans it when room is short. */
  private void evict(String... studies) throws Exception {
    String node = Files.readString(data.resolve("online/.node")).strip();
    for (String study : studies) {
      // Only then it would be planned; an eviction before that isn't seen in the row.
      await()
          .atMost(SOON)
          .until(
              () -> count("online_study where online and study_uid = '%s'".formatted(study)) == 1);
      execute(
          """
          insert into node_task (node, id, kind, task_key, arguments, not_before)
          values ('%s', gen_random_uuid(), 'evict-studies', '%s',
                  '{"studies": [{"tenant": "default", "study": "%s"}]}', now())
          """
              .formatted(node, study, study));
      await()
          .atMost(SOON)
          .until(() ->
              count("online_study where not online and study_uid = '%s'".formatted(study)) == 1);
    }
  }

  private long count(String table) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select count(*) from " + table)) {
      row.next();
      return row.getLong(1);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private Connection connect() throws SQLException {
    DataFolder folder = DataFolder.of(data);
    ProductDatabase database = ProductDatabase.of(folder, RunState.running(folder).orElseThrow());
    return DriverManager.getConnection(database.url(), database.login());
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(one);
      }
    }
  }
}
