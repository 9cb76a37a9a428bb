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
}
