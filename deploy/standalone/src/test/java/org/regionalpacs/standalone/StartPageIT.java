package org.regionalpacs.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.regionalpacs.standalone.demo.DemoStudy;
import tools.jackson.databind.JsonNode;

/** The start page in a browser, on the whole product; screenshots are in {@code target}. */
class StartPageIT {
  @TempDir static Path dir;
  private static ReadingRoom room;

  @BeforeAll
  static void open() throws Exception {
    room = ReadingRoom.open();
  }

  @ParameterizedTest
  @CsvSource({"en-US, /, are stored, left out, well", "zh-CN, /tenants/samples1/, 已存储, 已忽略, 正常"})
  void givenFilesSentByThePage_thenTheStudyAppearsAndCanBeOpenedAndDownloaded(
      String language, String path, String stored, String leftOut, String well) throws Exception {
    Path folder = dir.resolve(language);
    DemoStudy study = new DemoStudy(9, 3, LocalDateTime.now());
    List<String> arguments = new ArrayList<>(List.of(study.uid()));
    DemoFiles.write(study, folder).forEach(file -> arguments.add(file.toString()));
    arguments.add(Files.writeString(folder.resolve("readme.txt"), "no image").toString());

    JsonNode seen = room.visitIn(language, "portal", room.page(path), arguments.toArray());

    assertThat(seen.path("sent").asString()).contains("3", stored, leftOut);
    assertThat(seen.path("refused").asString()).isEmpty();
    assertThat(seen.path("health").asString()).contains("storescp", "webworker", well);
    assertThat(seen.path("lopsided").asInt(1)).as("fields drawn as if part of a row").isZero();
    assertThat(seen.path("row").asString()).contains("CT");
    assertThat(seen.at("/download/name").asString()).isEqualTo(study.uid() + ".zip");
    assertThat(seen.at("/download/begin").asString()).isEqualTo("PK");
    assertThat(seen.at("/first/lit").asInt()).isGreaterThan(1000);
  }

  /** A language that no other test has, so that the browser's cache is empty. */
  @ParameterizedTest
  @CsvSource({"en-GB, /", "zh-TW, /tenants/default/"})
  void givenThePageWasAtRest_whenAStudyIsOpened_thenTheViewerIsThereAlready(
      String language, String path) throws Exception {
    String said = PacsProcess.run("demo", "--count=4", "--data", room.product().data()).output();
    Matcher study = Pattern.compile("StudyInstanceUIDs=([0-9.]+)").matcher(said);
    assertThat(study.find()).as(said).isTrue();

    JsonNode seen = room.visitIn(language, "ahead", room.page(path), study.group(1));

    assertThat(seen.at("/first/lit").asInt()).isGreaterThan(1000);
    assertThat(seen.path("kept").asInt()).isGreaterThan(30);
    assertThat(seen.path("fetched")).isEmpty();
  }

  /** A language of its own, as its clock is put forward. */
  @Test
  void givenAReaderOrABrowserThatFails_thenTheViewerIsNotOpenedUnseenMeanwhile() throws Exception {
    PacsProcess.run("demo", "--count=4", "--data", room.product().data());

    JsonNode seen = room.visitIn("en-AU", "restraint", room.page("/"));

    assertState(seen.path("hidden"), "while it is hidden", 0, 0, 0);
    assertState(seen.path("begun"), "when it is seen, and nobody touches it", 1, 0, 1);
    assertState(seen.path("touched"), "as it is touched", 0, 0, 0);
    assertState(seen.path("left"), "after it was left", 0, 0, 0);
    assertState(seen.path("failed"), "when it failed twice", 0, 0, 2);
    assertState(seen.path("givenUp"), "at the next visit", 0, 0, 2);
    assertState(seen.path("opened"), "when a study was opened, which is a run", 0, 1, 0);
    assertState(seen.path("ready"), "when it was at rest after one more", 0, 2, 0);
    assertThat(seen.path("unseen").asInt()).isEqualTo(1);
    assertState(seen.path("weak"), "where memory is short", 0, 0, 0);
    assertThat(seen.at("/weak/ready").asBoolean()).isTrue();
    assertThat(seen.at("/givenUp/ready").asBoolean()).isFalse();
  }

  private static void assertState(JsonNode state, String when, int frames, int runs, int failed) {
    assertThat(state.path("frames").asInt(-1)).as("frames " + when).isEqualTo(frames);
    assertThat(state.path("runs").asInt(0)).as("runs " + when).isEqualTo(runs);
    assertThat(state.path("failed").asInt(0)).as("failed runs " + when).isEqualTo(failed);
  }
}
