package org.regionalpacs.wado;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.messages.ConversionMessage;
import org.regionalpacs.messages.ConversionOutcome;
import org.regionalpacs.messages.LogMessage;
import org.regionalpacs.messages.LogRecord;
import org.regionalpacs.test.ExternalTool;
import org.regionalpacs.test.SampleObjects;
import org.springframework.beans.factory.annotation.Autowired;

/** Every operation, on the real log topic: one record each, that says what was done. */
class AccessLogIT extends WadoIT {

  /** {@code S} is the path of the study, {@code E} of its series, {@code I} of the instance. */
  private static final String TABLE =
      """
      PS3.18 8.9      | GET     | /dicom-web                        |                                | 200 | capabilities      | -   |
      PS3.18 10.6     | GET     | /dicom-web/studies?StudyInstanceUID=1.2 |                          | 200 | QIDO-RS studies   | -   |
      PS3.18 10.6     | GET     | /dicom-web/series?SeriesInstanceUID=1.2 |                          | 200 | QIDO-RS series    | -   |
      PS3.18 10.6     | GET     | /dicom-web/instances?SOPInstanceUID=1.2 |                          | 200 | QIDO-RS instances | -   |
      PS3.18 10.6     | GET     | S/series                          |                                | 200 | QIDO-RS series    | S   |
      PS3.18 10.6     | GET     | S/instances                       |                                | 200 | QIDO-RS instances | S   |
      PS3.18 10.6     | GET     | E/instances                       |                                | 200 | QIDO-RS instances | E   |
      PS3.18 10.6     | GET     | /dicom-web/studies?limit=x        |                                | 400 | QIDO-RS studies   | -   |
      PS3.18 10.4.1.1.1 | GET   | S                                 |                                | 200 | WADO-RS study     | S   | online
      PS3.18 10.4.1.1.1 | GET   | S                                 | Accept: application/zip        | 200 | WADO-RS study     | S   | online
      PS3.18 10.4.1.1.2 | GET   | E                                 |                                | 200 | WADO-RS series    | E   | online
      PS3.18 10.4.1.1.3 | GET   | I                                 |                                | 200 | WADO-RS instance  | I   | online
      PS3.18 10.4.1.1.3 | GET   | I                                 | Accept: application/dicom      | 200 | WADO-RS instance  | I   | online
      PS3.18 8.3.1    | HEAD    | I                                 |                                | 200 | WADO-RS instance  | I   | online
      PS3.18 8.7.4    | GET     | I                                 | Accept: image/png              | 406 | WADO-RS instance  | I   |
      PS3.18 10.4.1.1.4 | GET   | S/metadata                        |                                | 200 | WADO-RS metadata  | S   | derived
      PS3.18 10.4.1.1.4 | GET   | E/metadata                        | Accept-Encoding: gzip          | 200 | WADO-RS metadata  | E   | derived
      PS3.18 10.4.1.1.4 | GET   | I/metadata                        |                                | 200 | WADO-RS metadata  | I   | online
      PS3.18 10.4.1.1.5 | GET   | I/bulkdata/7FE00010               |                                | 200 | WADO-RS bulkdata  | I   | online
      PS3.18 8.4      | GET     | I/bulkdata/7FE00010               | Range: bytes=10-19             | 206 | WADO-RS bulkdata  | I   | online
      PS3.18 8.4      | GET     | I/bulkdata/7FE00010               | Range: bytes=100000-           | 416 | WADO-RS bulkdata  | I   | online
      PS3.18 10.4.1.1.6 | GET   | I/frames/1                        |                                | 200 | WADO-RS frames    | I   | online
      PS3.18 10.4.1.1.6 | GET   | I/frames/7                        |                                | 404 | WADO-RS frames    | I   | *
      PS3.18 10.4.1.1.3 | GET   | I/rendered                        | Accept: image/png              | 200 | WADO-RS rendered  | I   | online
      PS3.18 10.4.1.1.3 | GET   | I/frames/1/rendered               | Accept: image/jpeg             | 200 | WADO-RS rendered  | I   | *
      PS3.18 10.4.1.1.3 | GET   | I/rendered?viewport=x             |                                | 400 | WADO-RS rendered  | I   |
      PS3.18 10.4.1.1.3 | GET   | S/thumbnail                       |                                | 200 | WADO-RS thumbnail | S   | *
      PS3.18 9        | GET     | /wado?requestType=WADO&W&contentType=application/dicom |           | 200 | WADO-URI          | I   | online
      PS3.18 9        | GET     | /wado?requestType=WADO&W&contentType=image/png | | 200 | WADO-URI | I | *
      PS3.18 9        | GET     | /wado?requestType=OTHER&W         |                                | 400 | WADO-URI          | I   |
      PS3.18 8.2      | GET     | /dicom-web/studies/1.2.3.4        |                                | 404 | WADO-RS study     | 1.2.3.4 |
      PS3.18 8.2      | GET     | /dicom-web/studies/not_a_uid!     |                                | 400 | WADO-RS study     | -   |
      PS3.18 8.2      | PUT     | S                                 |                                | 405 | unknown           | S   |
      PS3.18 8.2      | GET     | /dicom-web/nothing                |                                | 404 | unknown           | -   |
      deleting        | DELETE  | I                                 |                                | 403 | DELETE instance   | I   |
      deleting        | DELETE  | E                                 |                                | 403 | DELETE series     | E   |
      deleting        | DELETE  | S                                 |                                | 403 | DELETE study      | S   |
      changes         | GET     | /dicom-web/changes                |                                | 200 | changes           | -   |
      changes         | GET     | /dicom-web/changes/latest         |                                | 200 | changes           | -   |
      not trusted     | GET     | /dicom-web/changes/latest         | X-Forwarded-For: 203.0.113.9   | 200 | changes           | -   |
      PS3.18 10.5     | POST    | /dicom-web/studies                | Content-Type: application/dicom | 409 | STOW-RS          | -   |
      PS3.18 10.5     | POST    | S                                 | Content-Type: text/plain       | 415 | STOW-RS           | S   |
      no operation    | OPTIONS | S                                 |                                | 200 | -                 | -   |
      """;

  @Autowired MeterRegistry metrics;

  private final Attributes image = SampleObjects.newStudy().image(1);

  @BeforeAll
  void store() {
    assertThat(store("/dicom-web/studies", part10(image)).status()).isEqualTo(200);
    indexer.index(1);
  }

  /** What a record says, in one line; bytes and store last. */
  private record Line(
      String tenant,
      String operation,
      int status,
      String study,
      String series,
      String instance,
      long bytes,
      String from) {

    static Line of(LogMessage message, boolean anyStore) {
      return new Line(
          message.tenant(),
          message.operation(),
          message.status(),
          message.study(),
          message.series(),
          message.sopInstance(),
          message.bytes(),
          anyStore ? "*" : message.servedFrom());
    }
  }

  @Test
  void givenEveryOperation_thenEachIsRecordedOnceWithWhatItWas() {
    String[] rows = TABLE.strip().split("\n");
    List<Line> expected = new ArrayList<>();
    List<LogMessage> recorded;
    try (LogTopic log = new LogTopic(kafka.getBootstrapServers())) {
      // What other tests did may come late.
      int earlier = untilTheSentinel(log, SampleObjects.newUid()).size();
      String last = SampleObjects.newUid();
      for (String row : rows) {
        expectation(row).forEach(expected::add);
      }
      recorded =
          untilTheSentinel(log, last).stream()
              .skip(earlier)
              .filter(record -> !record.study().equals(last))
              .filter(LogMessage.class::isInstance)
              .map(LogMessage.class::cast)
              .toList();
    }

    assertThat(recorded).allMatch(message -> message.service().equals("wado"));
    assertThat(recorded).allMatch(message -> message.address().equals("127.0.0.1"));
    assertThat(recorded).allMatch(message -> message.peer().isEmpty());
    assertThat(recorded)
        .allMatch(message -> message.status() < 400 != !message.comment().isEmpty());
    List<Line> unclear = expected.stream().filter(line -> line.from().equals("*")).toList();
    List<Line> found =
        recorded.stream()
            .map(message -> {
              Line any = Line.of(message, true);
              return unclear.contains(any) ? any : Line.of(message, false);
            })
            .toList();
    assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(timed("WADO-RS instance", "online", "done")).isGreaterThanOrEqualTo(3);
    assertThat(timed("WADO-RS metadata", "derived", "done")).isGreaterThanOrEqualTo(2);
    assertThat(timed("WADO-RS instance", "none", "refused")).isPositive();
    assertThat(timed("QIDO-RS studies", "none", "done")).isPositive();
  }

  private long timed(String operation, String source, String outcome) {
    return metrics
        .get("pacs.dicomweb.requests")
        .tags("operation", operation, "source", source, "outcome", outcome)
        .timer()
        .count();
  }

  /** Sends a row's request, and says what the log should have of it. */
  private Stream<Line> expectation(String row) {
    List<String> cells = Arrays.stream(row.split("\\|", -1)).map(String::strip).toList();
    byte[] body = cells.get(1).equals("POST") ? "no object".getBytes() : new byte[0];
    String[] header = cells.get(3).isEmpty() ? new String[0] : cells.get(3).split(": ");
    Answer answer =
        send(cells.get(1), path(cells.get(2)), BodyPublishers.ofByteArray(body), header);
    assertThat(answer.status()).as(row).isEqualTo(Integer.parseInt(cells.get(4)));
    if (cells.get(5).equals("-")) {
      return Stream.empty();
    }
    String level = cells.get(6);
    boolean own = List.of("S", "E", "I").contains(level);
    return Stream.of(
        new Line(
            "default",
            cells.get(5),
            answer.status(),
            own ? uid(Tag.StudyInstanceUID) : level.replace("-", ""),
            own && !level.equals("S") ? uid(Tag.SeriesInstanceUID) : "",
            level.equals("I") ? uid(Tag.SOPInstanceUID) : "",
            body.length > 0 ? read(body, answer) : answer.body().length,
            cells.get(7)));
  }

  /** A body of a type that isn't taken stays unread. */
  private static int read(byte[] body, Answer answer) {
    return answer.status() == 415 ? 0 : body.length;
  }

  private String uid(int tag) {
    return image.getString(tag, "");
  }

  private String path(String cell) {
    String instance = "/dicom-web" + instancePath(image);
    String series = instance.substring(0, instance.indexOf("/instances"));
    String study = series.substring(0, series.indexOf("/series"));
    if (cell.startsWith("/")) {
      String named =
          "studyUID="
              + uid(Tag.StudyInstanceUID)
              + "&seriesUID="
              + uid(Tag.SeriesInstanceUID)
              + "&objectUID="
              + uid(Tag.SOPInstanceUID);
      return cell.replace("&W", "&" + named);
    }
    String root = cell.startsWith("S") ? study : cell.startsWith("E") ? series : instance;
    return root + cell.substring(1);
  }

  /** All that was recorded, until one more request, of a study that there is not, was too. */
  private List<LogRecord> untilTheSentinel(LogTopic log, String study) {
    get("/studies/" + study);
    return log.until(record -> record.study().equals(study));
  }

  @Test
  void givenObjectsOfWhichOneIsRefused_whenStored_thenTheRecordHasAllBytesAndWhatTheyShare() {
    try (LogTopic topic = new LogTopic(kafka.getBootstrapServers())) {
      SampleObjects study = SampleObjects.newStudy();
      byte[] first = part10(study.image(1));
      Attributes nameless = study.image(2);
      nameless.remove(Tag.SeriesInstanceUID);
      assertThat(
              store("/tenants/other/dicom-web/studies", first, part10(nameless), "noise".getBytes())
                  .status())
          .isEqualTo(202);
      indexer.index(1);

      LogMessage message =
          (LogMessage)
              topic.until(record -> record.study().equals(study.studyUid())).stream()
                  .filter(record -> record.study().equals(study.studyUid()))
                  .findFirst()
                  .orElseThrow();
      assertThat(message.operation()).isEqualTo("STOW-RS");
      assertThat(message.tenant()).isEqualTo("other");
      assertThat(message.status()).isEqualTo(202);
      assertThat(message.series()).isEqualTo(study.seriesUid());
      assertThat(message.comment()).contains("SeriesInstanceUID");
      assertThat(message.bytes()).isGreaterThan(first.length + part10(nameless).length);
    }
  }

  @Test
  void givenAnObjectOverHttp2_thenItsBytesAreThoseOfTheBody() {
    ExternalTool curl = ExternalTool.named("curl");
    try (LogTopic topic = new LogTopic(kafka.getBootstrapServers())) {
      String url = "http://127.0.0.1:" + port + "/dicom-web" + instancePath(image);
      String size =
          curl.run(
                  "-s", "--http2-prior-knowledge", "-o", "/dev/null", "-w", "%{size_download}", url)
              .output();

      LogMessage message =
          (LogMessage)
              topic.until(record -> record.study().equals(uid(Tag.StudyInstanceUID))).stream()
                  .filter(record -> record.study().equals(uid(Tag.StudyInstanceUID)))
                  .findFirst()
                  .orElseThrow();
      assertThat(message.status()).isEqualTo(200);
      assertThat(message.bytes()).isPositive().isEqualTo(Long.parseLong(size));
    }
  }

  @Test
  void givenAnImplicitObject_whenRetrieved_thenItsConversionIsRecorded() {
    Attributes implicit = SampleObjects.newStudy().image(1);
    String study = implicit.getString(Tag.StudyInstanceUID, "");
    assertThat(store("/dicom-web/studies", part10(implicit, UID.ImplicitVRLittleEndian)).status())
        .isEqualTo(200);
    indexer.index(1);
    try (LogTopic topic = new LogTopic(kafka.getBootstrapServers())) {
      int sent = get(instancePath(implicit), "Accept", "application/dicom").body().length;

      ConversionMessage conversion =
          (ConversionMessage)
              topic
                  .until(
                      record -> record instanceof ConversionMessage && record.study().equals(study))
                  .stream()
                  .filter(ConversionMessage.class::isInstance)
                  .findFirst()
                  .orElseThrow();
      assertThat(conversion.outcome()).isEqualTo(ConversionOutcome.DONE);
      assertThat(conversion.fromSyntax()).isEqualTo(UID.ImplicitVRLittleEndian);
      assertThat(conversion.sizeAfter()).isEqualTo(sent);
    }
  }

  @Test
  void thenWhatIsLostOfItIsCounted() {
    // On a busy machine some are lost.
    assertThat(metrics.get("pacs.accesslog.dropped").functionCounter().count()).isNotNegative();
  }
}
