package org.regionalpacs.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.regionalpacs.test.Testdata;
import tools.jackson.databind.JsonNode;

/** A reader opens what isn't a stack of images; what it showed is in {@code target}. */
class OhifObjectsIT {
  @TempDir static Path dir;
  private static ReadingRoom room;

  @BeforeAll
  static void open() throws Exception {
    room = ReadingRoom.open();
  }

  /**
   * One kind of object.
   *
   * @param mode the viewer's
   * @param sample a file of the collection, or a folder with a whole study
   * @param series modality of the series that is opened; empty where the viewer opens it by itself
   * @param asks whether the viewer asks before it loads what is drawn
   * @param sight what is looked for (see {@code objects.cjs})
   * @param enough how much of it
   * @param text that is looked for
   * @param answer what the service answers to what only this kind asks for
   */
  @ParameterizedTest(name = "{1} {2}")
  @CsvSource(
      delimiter = '|',
      emptyValue = "",
      textBlock =
          """
          # mode     | sample                              | series   | asks  | sight    | enough | text             | answer
          viewer     | synthetic/multi                     | SEG      | true  | colours  | 20000  | ''               | instances 200 multipart/related
          viewer     | synthetic/multi                     | RTSTRUCT | true  | contours | 1      | ''               | metadata 200 application/dicom+json
          viewer     | synthetic/multi                     | SR       | false | text     | 1      | 肝脏未见明显异常 | metadata 200 application/dicom+json
          viewer     | synthetic/nonimage/pdf_report.dcm   | ''       | false | pdf      | 50000  | ''               | metadata 200 application/dicom+json
          viewer     | synthetic/video/mpeg4_h264_hp41.dcm | ''       | false | video    | 2      | ''               | rendered 206 video/mp4
          viewer     | synthetic/nonimage/ecg12.dcm        | ''       | false | picture  | 20000  | ''               | bulkdata 200 application/octet-stream
          microscopy | synthetic/wsi                       | ''       | false | tiles    | 50000  | ''               | frames 200 multipart/related
          """)
  void givenAnObjectOfAKind_whenOpened_thenTheReaderSeesIt(
      String mode,
      String sample,
      String series,
      boolean asks,
      String sight,
      int enough,
      String text,
      String answer)
      throws Exception {
    SampleFile sent = room.send(files(Testdata.path(sample))).getFirst();
    String name = sample.replaceAll(".*/|[.].*", "") + (series.isEmpty() ? "" : "-" + series);

    JsonNode seen =
        visit(
            mode,
            sent.study(),
            name,
            Map.of(
                "sight", sight, "enough", enough, "text", text, "modality", series, "asks", asks));

    assertThat(seen.path("before").asInt()).as("what is there without it").isZero();
    assertThat(answers(seen)).contains(answer);
  }

  /** What is long isn't in the metadata. */
  @Test
  void givenALongPdf_whenOpened_thenItComesFromTheRenderedResource() throws Exception {
    Path file = LongPdf.write(Testdata.path("synthetic/nonimage/pdf_report.dcm"), dir);
    SampleFile sent = room.send(List.of(file)).getFirst();

    JsonNode seen =
        visit("viewer", sent.study(), "long-pdf", Map.of("sight", "pdf", "enough", 50000));

    assertThat(answers(seen)).contains("rendered 200 application/pdf");
  }

  private static JsonNode visit(String mode, String study, String name, Map<String, Object> what)
      throws Exception {
    return room.visit("object", room.viewer(mode + "?StudyInstanceUIDs=" + study), name, what);
  }

  private static List<String> answers(JsonNode seen) {
    return seen.path("answers").valueStream().map(JsonNode::asString).toList();
  }

  private static List<Path> files(Path sample) throws IOException {
    try (Stream<Path> files = Files.walk(sample)) {
      return files.filter(each -> each.toString().endsWith(".dcm")).sorted().toList();
    }
  }
}
