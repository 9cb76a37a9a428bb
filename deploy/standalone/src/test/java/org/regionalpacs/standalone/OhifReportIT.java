package org.regionalpacs.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.standalone.demo.DemoStudy;
import org.regionalpacs.test.ExternalTool;
import tools.jackson.databind.JsonNode;

/** A reader measures, and keeps that as a DICOM SR. */
class OhifReportIT {
  private static final String NAME = "Länge 测量";

  @TempDir Path dir;

  @Test
  void givenAMeasuredLength_whenStoredAsAReport_thenItIsFoundAndOpenedAgain() throws Exception {
    ReadingRoom room = ReadingRoom.open();
    DemoStudy study = new DemoStudy(11, 4, LocalDateTime.now());
    room.send(DemoFiles.write(study, dir));
    String url = room.viewer("viewer?StudyInstanceUIDs=" + study.uid());

    JsonNode seen = room.visit("measure", url, NAME);

    double length = seen.path("millimetres").asDouble();
    assertThat(length).isGreaterThan(10);
    assertThat(seen.at("/stored/00081199/Value").size()).isEqualTo(1);
    JsonNode series = soleReport(room, study.uid());
    assertThat(series.at("/0008103E/Value/0").asString()).isEqualTo(NAME);
    JsonNode again = room.visit("report", url);
    assertThat(again.path("millimetres").asDouble()).isCloseTo(length, within(0.5));
    assertIsAReport(room, seen.at("/stored/00081199/Value/0/00081190/Value/0").asString(), length);
  }

  private static JsonNode soleReport(ReadingRoom room, String study) throws Exception {
    String query = "/studies/" + study + "/series?Modality=SR";
    await()
        .atMost(Duration.ofMinutes(5))
        .pollDelay(Duration.ZERO)
        .until(() -> room.dicomWeb().json(query).size() == 1);
    return room.dicomWeb().json(query).get(0);
  }

  /** DCMTK reads the length in it, and dicom3tools finds no mistake. */
  private void assertIsAReport(ReadingRoom room, String url, double length) throws Exception {
    String[] path = url.split("/");
    byte[] object =
        room.dicomWeb()
            .object(path[path.length - 5], path[path.length - 3], path[path.length - 1])
            .orElseThrow();
    Path file = Files.write(dir.resolve("report.dcm"), object);
    String text = ExternalTool.named("dsrdump").run(file).output();
    Matcher number = Pattern.compile("NUM:.*\"Length\".*=\"([0-9.]+)\" \\(mm,").matcher(text);
    assertThat(number.find()).as(text).isTrue();
    assertThat(Double.parseDouble(number.group(1))).isCloseTo(length, within(0.5));
    assertThat(ExternalTool.named("dciodvfy").run(file).output()).doesNotContain("Error");
  }
}
