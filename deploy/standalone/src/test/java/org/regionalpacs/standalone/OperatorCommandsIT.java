package org.regionalpacs.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.messages.Topics;
import org.regionalpacs.test.SampleObjects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an operator sees of a running product that got bad input, and does about it. */
class OperatorCommandsIT {
  private static final Duration SOON = Duration.ofMinutes(5);

  @TempDir static Path dir;
  private static RunningProduct product;

  @BeforeAll
  static void up() throws Exception {
    product = SharedProduct.get();
  }

  @Test
  void givenAMessageThatNobodyCanRead_whenReplayedForOneGroup_thenThatGroupAloneFailsAgain()
      throws Exception {
    RunState state = RunState.running(DataFolder.of(product.data())).orElseThrow();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", "127.0.0.1:" + state.kafka()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      byte[] poison = "no JSON".getBytes(StandardCharsets.UTF_8);
      producer.send(new ProducerRecord<>(Topics.STORAGE, poison)).get(30, TimeUnit.SECONDS);
    }
    awaitLetters(2);
    assertThat(groups()).containsExactlyInAnyOrder("indexer", "archiver");

    PacsProcess replay =
        PacsProcess.run("dlt", "replay", "--all", "--group=archiver", "--data", product.data());
    assertThat(replay.output()).contains("1 dead letters were sent again");

    awaitLetters(3);
    assertThat(groups()).containsExactlyInAnyOrder("indexer", "archiver", "archiver");
  }

  @Test
  void givenAnObjectWithAnotherName_whenConflictsAreListed_thenValuesAreShownWhenAskedForOnly()
      throws Exception {
    SampleObjects study = SampleObjects.newStudy();
    store(study.image(1));
    await()
        .atMost(SOON)
        .until(() ->
            product.dicomWeb().json("/studies?StudyInstanceUID=" + study.studyUid()).size() == 1);
    store(study.image(2).setString(Tag.PatientName, "Somebody^Else"));

    await()
        .atMost(SOON)
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> conflicts(study).output().contains("patient-attributes"));
    assertThat(conflicts(study).output()).contains("PatientName").doesNotContain("Somebody");
    assertThat(conflicts(study, "--full").output()).contains("received 'Somebody^Else'");
    assertThat(conflicts(study, "--kind=new-version").output()).contains("No conflicts.");
    assertThat(conflicts(study, "--kind=nonsense").exitCode()).isEqualTo(2);
    assertThat(conflicts(study, "--since=yesterday").exitCode()).isEqualTo(2);
    assertThat(conflicts(study, "--since=2020-01-01").output()).contains("patient-attributes");
  }

  @Test
  void givenAStudy_whenPinned_thenItIsListedWithItsReasonUntilItIsUnpinned() throws Exception {
    SampleObjects study = SampleObjects.newStudy();
    String uid = study.studyUid();
    store(study.image(1));
    await()
        .atMost(SOON)
        .until(() -> product.dicomWeb().json("/studies?StudyInstanceUID=" + uid).size() == 1);
    assertThat(pins("pins").output()).contains("No pinned studies.");

    PacsProcess pin = pins("pin", uid, "1.2.3.4.5", "--reason", "clinical trial");

    assertThat(pin.exitCode()).as("one of them is unknown").isEqualTo(1);
    assertThat(pin.output())
        .contains(uid + " is pinned.", "1.2.3.4.5 is not in the index of tenant default.");
    assertThat(pins("pins").output()).contains(uid, "clinical trial").doesNotContain("1.2.3.4.5");
    JsonNode list = JsonMapper.shared().readTree(json(pins("pins", "--json").output()));
    assertThat(list).hasSize(1);
    assertThat(list.at("/0/Reason").asString()).isEqualTo("clinical trial");
    assertThat(pins("pins", "--tenant=other").output()).contains("No pinned studies.");
    assertThat(pins("unpin", uid, "--tenant=other").output()).contains("was not pinned");
    assertThat(pins("pin", "no UID").exitCode()).isEqualTo(2);
    assertThat(pins("pins", "--limit=0").exitCode()).isEqualTo(2);

    assertThat(pins("status").output()).containsPattern("pinned +1 studies");

    assertThat(pins("unpin", uid).output()).contains(uid + " is no longer pinned.");

    assertThat(pins("pins").output()).contains("No pinned studies.");
    assertThat(pins("status").output()).doesNotContainPattern("(pinned|evicted) +[0-9]");
    assertThatStatusShowsWhatIsEvictedAndParked(uid);
  }

  @Test
  void givenAStudyWasSent_whenStatisticsAreAsked_thenWhereItIsIsShown() throws Exception {
    store(SampleObjects.newStudy().image(1));
    await().atMost(SOON).until(() -> statistics("storage").contains("archive"));
    // 503 while the warehouse's schema is made.
    await()
        .atMost(SOON)
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(() ->
            JsonMapper.shared()
                    .readTree(statistics("received?by=modality"))
                    .at("/received/0/Instances")
                    .asLong(0)
                > 0);

    PacsProcess shown = pacs("statistics", "--tenant=default");
    assertThat(shown.exitCode()).isZero();
    assertThat(shown.output())
        .contains("last 30 days", "studies", "Storage at ", "archive local", "online ");
    JsonNode json = JsonMapper.shared().readTree(pacs("statistics", "--json").output());
    assertThat(json.at("/storage/tiers/0/Objects").asLong()).isPositive();
    assertThat(json.at("/last30Days/Studies").asLong()).isPositive();
    PacsProcess nobody = pacs("statistics", "--tenant=nobody");
    assertThat(nobody.exitCode()).isEqualTo(1);
    assertThat(nobody.output()).startsWith("There is no tenant");
  }

  private static String statistics(String question) throws IOException {
    String web = "http://127.0.0.1:" + product.httpPort();
    try (InputStream in = URI.create(web + "/api/statistics/" + question).toURL().openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void assertThatStatusShowsWhatIsEvictedAndParked(String study) throws Exception {
    DataFolder folder = DataFolder.of(product.data());
    ProductDatabase database = ProductDatabase.of(folder, RunState.running(folder).orElseThrow());
    try (Connection connection = DriverManager.getConnection(database.url(), database.login());
        Statement statement = connection.createStatement()) {
      statement.execute(
          "update online_study set evicted_objects = 3, evicted_bytes = 5 * 1024 * 1024"
              + " where study_uid = '%s'".formatted(study));
      statement.execute(
          """
          insert into parked_record (tenant, step, topic, partition, record_offset, record_value,
                 header_names, header_values, cause, due)
          values ('default', 'archiver', 'storage_queue', 99, 1, '', '{}', '{}', 'test', 'infinity')
          """);

      try {
        assertThat(pins("status").output())
            .containsPattern("evicted +3 files of 1 studies, 5 MB, in the archive only")
            .containsPattern("parked +1 records of archiver, tried again by themselves");
      } finally {
        statement.execute("delete from parked_record where partition = 99");
        statement.execute(
            "update online_study set evicted_objects = 0, evicted_bytes = 0"
                + " where study_uid = '%s'".formatted(study));
      }
    }
  }

  private static PacsProcess pins(String... line) throws Exception {
    return pacs(line);
  }

  private static PacsProcess pacs(String... line) throws Exception {
    List<Object> all = new java.util.ArrayList<>(List.of(line));
    all.addAll(List.of("--data", product.data()));
    return PacsProcess.run(all.toArray());
  }

  private static String json(String output) {
    return output.substring(output.indexOf('['));
  }

  /** Without the command, for each would be a JVM. */
  private static void awaitLetters(int count) {
    try (Letters letters = new Letters(product.kafka())) {
      await()
          .atMost(SOON)
          .until(() -> letters.newest(letters.topics(), _ -> true, 100).size() == count);
    }
  }

  private static List<String> groups() throws Exception {
    PacsProcess list = PacsProcess.run("dlt", "list", "--json", "--data", product.data());
    JsonNode letters = JsonMapper.shared().readTree(json(list.output()));
    return StreamSupport.stream(letters.spliterator(), false)
        .map(letter -> letter.get("Group").asString())
        .toList();
  }

  private static PacsProcess conflicts(SampleObjects study, String... options) throws Exception {
    List<Object> line =
        new java.util.ArrayList<>(
            List.of("conflicts", "--data", product.data(), "--study", study.studyUid()));
    line.addAll(List.of(options));
    return PacsProcess.run(line.toArray());
  }

  private static void store(Attributes object) throws IOException, InterruptedException {
    byte[] file = Files.readAllBytes(SampleObjects.write(object, dir.resolve("files")));
    assertThat(product.dicomWeb().store(() -> new ByteArrayInputStream(file))).isEqualTo(200);
  }
}
