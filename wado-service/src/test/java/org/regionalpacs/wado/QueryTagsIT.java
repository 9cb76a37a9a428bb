package org.regionalpacs.wado;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.PrivateBlock;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.VR;
import org.regionalpacs.index.QueryTags;
import org.regionalpacs.messages.StorageMessage;
import org.regionalpacs.test.SampleObjects;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;

/** Extended query tags over HTTP: added, searched by, returned, taken away. */
class QueryTagsIT extends WadoIT {
  private static final String API = "/api/query-tags";
  private static final String CREATOR = "ACME 1.1";

  /** Of every kind and level, one of them private and one in items. */
  private static final String TAGS =
      """
      [{"Path": "DeviceSerialNumber", "Level": "series"},
       {"Path": "ImageType", "Level": "INSTANCE"},
       {"Path": "SliceThickness", "Level": "instance", "VR": "DS"},
       {"Path": "AcquisitionDate", "Level": "series"},
       {"Path": "AcquisitionTime", "Level": "series"},
       {"Path": "AcquisitionDateTime", "Level": "series"},
       {"Path": "00081070", "Level": "Series"},
       {"Path": "IrradiationEventUID", "Level": "instance"},
       {"Path": "ReferencedStudySequence.ReferencedSOPInstanceUID", "Level": "study"},
       {"Path": "00091003", "Level": "study", "VR": "LO", "PrivateCreator": "ACME 1.1"}]
      """;

  @Autowired JdbcTemplate jdbc;
  @Autowired QueryTags tags;

  private final SampleObjects first = SampleObjects.newStudy();
  private final SampleObjects second = SampleObjects.newStudy();

  @BeforeAll
  void storeAndAdd() {
    Answer added = post(API, TAGS);
    assertThat(added.status()).as(new String(added.body())).isEqualTo(202);
    assertThat(added.json().get("tags").size()).isEqualTo(10);
    assertThat(store("/dicom-web/studies", part10(one()), part10(other())).status()).isEqualTo(200);
    List<StorageMessage> received = indexer.index(2, tags.load());
    assertThat(received).hasSize(2);
    // As when webworker-service has read what is stored.
    jdbc.update("update query_tag set state = 'ready' where path <> '00080008'");
  }

  @AfterAll
  void takeAway() {
    for (JsonNode tag : read(API).json().get("tags")) {
      assertThat(delete(API + "/" + tag.get("Path").asString()).status()).isEqualTo(204);
    }
    assertThat(read(API).json().get("tags").size()).isZero();
  }

  private Attributes one() {
    Attributes object =
        first
            .image(1)
            .setString(Tag.DeviceSerialNumber, VR.LO, "Serial 7")
            .setString(Tag.ImageType, VR.CS, "ORIGINAL", "PRIMARY", "AXIAL")
            .setString(Tag.SliceThickness, VR.DS, "2.50")
            .setString(Tag.AcquisitionDate, VR.DA, "20260304")
            .setString(Tag.AcquisitionTime, VR.TM, "101112.5")
            .setString(Tag.AcquisitionDateTime, VR.DT, "20260304101112+0100")
            .setString(Tag.OperatorsName, VR.PN, "Müller^Jörg=王^小东")
            .setString(Tag.IrradiationEventUID, VR.UI, "1.2.3.4");
    object
        .newSequence(Tag.ReferencedStudySequence)
        .addItem()
        .setString(Tag.ReferencedSOPInstanceUID, VR.UI, "1.2.3.5");
    PrivateBlock.reserve(object, 0x0009, "SOMEBODY");
    object.setString(PrivateBlock.reserve(object, 0x0009, CREATOR).tag(3), VR.LO, "quick \"7\"");
    return object;
  }

  private Attributes other() {
    return second
        .image(1)
        .setString(Tag.DeviceSerialNumber, VR.LO, "Serial 8")
        .setString(Tag.ImageType, VR.CS, "DERIVED")
        .setString(Tag.SliceThickness, VR.DS, "3")
        .setString(Tag.AcquisitionDate, VR.DA, "20260305")
        .setString(Tag.AcquisitionTime, VR.TM, "2359")
        .setString(Tag.AcquisitionDateTime, VR.DT, "20260305")
        .setString(Tag.OperatorsName, VR.PN, "Schmidt^Eva")
        .setString(Tag.IrradiationEventUID, VR.UI, "1.2.3.40");
  }

  @ParameterizedTest(name = "PS3.18 8.3.4.1 {0}")
  @ValueSource(
      strings = {
        "DeviceSerialNumber=Serial%207",
        "00181000=Serial%207",
        "DeviceSerialNumber=*7&StudyDate=20260102",
        "DeviceSerialNumber=Serial*7",
        "ImageType=AXIAL",
        "ImageType=LOCALIZER,AXIAL",
        "SliceThickness=2.5",
        "AcquisitionDate=20260301-20260304",
        "AcquisitionDate=20260304",
        "AcquisitionTime=1011",
        "AcquisitionTime=-1200",
        "AcquisitionDateTime=20260304091112%2B0000",
        "AcquisitionDateTime=20260304090000-20260304100000",
        "AcquisitionDateTime=2026030410&TimezoneOffsetFromUTC=%2B0100",
        "AcquisitionDateTime=-20260304",
        "OperatorsName=muller",
        "OperatorsName=%E7%8E%8B*",
        "OperatorsName=Muler&fuzzymatching=true",
        "IrradiationEventUID=1.2.3.4",
        "IrradiationEventUID=1.2.3.9,1.2.3.4",
        "ReferencedStudySequence.ReferencedSOPInstanceUID=1.2.3.5",
        "00081110.00081155=1.2.3.5",
        "00091003=quick*",
      })
  void givenTags_whenSearchedBy_thenTheStudyIsFoundAtEveryLevel(String query) {
    for (String level : List.of("/studies", "/series", "/instances")) {
      assertThat(studies(level + "?" + query)).as(level).containsExactly(first.studyUid());
    }
    assertThat(get("/studies?" + query).header("Warning").contains("not supported")).isFalse();
  }

  @Test
  void givenTags_whenIncluded_thenResultsHaveThemAtTheirLevelAndBelow() {
    Answer answer =
        get(
            "/instances?StudyInstanceUID="
                + first.studyUid()
                + "&includefield=DeviceSerialNumber,ImageType,SliceThickness,OperatorsName,00091003"
                + "&includefield=ReferencedStudySequence");
    JsonNode result = answer.json().get(0);

    assertThat(value(result, "00181000").asString()).isEqualTo("Serial 7");
    assertThat(result.get("00080008").get("Value").size()).isEqualTo(3);
    assertThat(value(result, "00180050").asDouble()).isEqualTo(2.5);
    assertThat(value(result, "00081070").get("Ideographic").asString()).isEqualTo("王^小东");
    assertThat(value(result, "00091003").asString()).isEqualTo("quick \"7\"");
    assertThat(value(result, "00090010").asString()).isEqualTo(CREATOR);
    JsonNode item = value(result, "00081110");
    assertThat(value(item, "00081155").asString()).isEqualTo("1.2.3.5");

    JsonNode study =
        get("/studies?includefield=all&StudyInstanceUID=" + first.studyUid()).json().get(0);
    assertThat(study.has("00091003")).isTrue();
    assertThat(study.has("00180050")).as("of instances").isFalse();
    JsonNode plain = get("/studies?StudyInstanceUID=" + first.studyUid()).json().get(0);
    assertThat(plain.has("00091003")).isFalse();
    Answer xml =
        get(
            "/studies?includefield=all&StudyInstanceUID=" + first.studyUid(),
            "Accept",
            "multipart/related; type=\"application/dicom+xml\"");
    assertThat(new String(xml.body(), java.nio.charset.StandardCharsets.UTF_8)).contains("quick");
  }

  @Test
  void givenATagThatIsStillIndexed_whenSearchedByOrReturned_thenAWarningSaysSo() {
    assertThat(get("/studies?ImageType=AXIAL").header("Warning"))
        .startsWith("299 ")
        .contains("ImageType", "may be incomplete");
    assertThat(get("/instances?StudyDate=20260102&includefield=ImageType").header("Warning"))
        .contains("may be incomplete");
    assertThat(get("/studies?DeviceSerialNumber=x").header("Warning")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "DeviceSerialNumber=*7", "ImageType=AX*", "SliceThickness=thin",
    "AcquisitionDateTime=yesterday", "IrradiationEventUID=1..2", "AcquisitionDate=20261301"
  })
  void givenAValueThatNoIndexFindsOrThatIsNone_whenSearchedBy_thenBadRequest(String query) {
    assertThat(get("/studies?" + query).status()).isEqualTo(400);
  }

  @Test
  void givenATag_whenAskedFor_thenItIsDescribed() {
    JsonNode tag = read(API + "/DeviceSerialNumber").json();

    assertThat(tag.get("Path").asString()).isEqualTo("00181000");
    assertThat(tag.get("Keyword").asString()).isEqualTo("DeviceSerialNumber");
    assertThat(tag.get("VR").asString()).isEqualTo("LO");
    assertThat(tag.get("Level").asString()).isEqualTo("series");
    assertThat(tag.get("State").asString()).isEqualTo("ready");
    assertThat(tag.get("Progress").asInt()).isEqualTo(100);
    assertThat(read(API + "/00080008").json().get("State").asString()).isEqualTo("indexing");
    assertThat(read(API + "/00091003").json().get("PrivateCreator").asString()).isEqualTo(CREATOR);
    assertThat(read("/tenants/other" + API + "/DeviceSerialNumber").status()).isEqualTo(404);
    assertThat(delete("/tenants/other" + API + "/DeviceSerialNumber").status()).isEqualTo(404);
    assertThat(read(API + "/KVP").status()).isEqualTo(404);
    assertThat(read(API + "/nothing").status()).isEqualTo(404);
  }

  @Test
  void givenErrors_whenListedByPages_thenEachComesOnce() {
    int id =
        jdbc.queryForObject(
            "select tag_id from query_tag where path = '00180050' and state <> 'deleting'",
            Integer.class);
    for (int i = 0; i < 3; i++) {
      jdbc.update(
          "insert into query_tag_error values ('default', ?, '1.2', '1.2.3', ?, 'it is broken')",
          id,
          "1.2.3." + i);
    }
    List<String> found = new ArrayList<>();
    String next = "";
    do {
      Answer page =
          read(API + "/SliceThickness/errors?limit=2" + (next.isEmpty() ? "" : "&after=" + next));
      assertThat(page.status()).isEqualTo(200);
      page.json().get("errors").forEach(one -> found.add(one.get("SOPInstanceUID").asString()));
      next = page.json().path("next").asString("");
    } while (!next.isEmpty());

    assertThat(found).containsExactly("1.2.3.0", "1.2.3.1", "1.2.3.2");
    assertThat(read(API + "/SliceThickness").json().get("Errors").asInt()).isEqualTo(3);
    assertThat(get("/studies?SliceThickness=2.5").header("Warning")).contains("could not be read");
    assertThat(read(API + "/SliceThickness/errors?limit=0").status()).isEqualTo(400);
    assertThat(read(API + "/SliceThickness/errors?after=x").status()).isEqualTo(400);
    jdbc.update("delete from query_tag_error where tag_id = ?", id);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "[ | 400 | JSON",
        "[] | 400 | 1 to 64",
        "7 | 400 | JSON",
        "{\"Level\": \"study\"} | 400 | Path",
        "{\"Path\": \"Nothing\", \"Level\": \"study\"} | 400 | names no attribute",
        "{\"Path\": \"KVP\"} | 400 | Level",
        "{\"Path\": \"KVP\", \"Level\": \"patient\"} | 400 | Level",
        "{\"Path\": \"KVP\", \"Level\": \"series\", \"VR\": \"LO\"} | 400 | has the VR DS",
        "{\"Path\": \"KVP\", \"Level\": \"series\", \"VR\": \"XX\"} | 400 | PS3.5 6.2",
        "{\"Path\": \"PixelData\", \"Level\": \"instance\"} | 400 | bytes",
        "{\"Path\": \"ImageComments\", \"Level\": \"instance\"} | 400 | so long",
        "{\"Path\": \"ReferencedStudySequence\", \"Level\": \"study\"} | 400 | its items",
        "{\"Path\": \"KVP.KVP\", \"Level\": \"study\"} | 400 | must be a sequence",
        "{\"Path\": \"ReferencedStudySequence.ReferencedSOPSequence.KVP\", \"Level\": \"study\"} | 400 | too deep",
        "{\"Path\": \"TransferSyntaxUID\", \"Level\": \"study\"} | 400 | stored data sets",
        "{\"Path\": \"00091004\", \"Level\": \"study\"} | 400 | VR must be given",
        "{\"Path\": \"00091004\", \"Level\": \"study\", \"VR\": \"LO\"} | 400 | PrivateCreator",
        "{\"Path\": \"00090004\", \"Level\": \"study\", \"VR\": \"LO\", \"PrivateCreator\": \"A\"} | 400 | block",
        "{\"Path\": \"KVP\", \"Level\": \"study\", \"PrivateCreator\": \"A\"} | 400 | no PrivateCreator",
        "[{\"Path\": \"KVP\", \"Level\": \"study\"}, {\"Path\": \"00180060\", \"Level\": \"series\"}] | 400 | twice",
        "{\"Path\": \"PatientName\", \"Level\": \"study\"} | 409 | always indexed",
        "{\"Path\": \"00400275.00400009\", \"Level\": \"series\"} | 409 | always indexed",
        "{\"Path\": \"DeviceSerialNumber\", \"Level\": \"series\"} | 409 | already",
      })
  void givenATagThatCanNotBe_whenAdded_thenTheAnswerSaysWhy(String body, int status, String why) {
    Answer answer = post(API, body);

    assertThat(answer.status()).as(new String(answer.body())).isEqualTo(status);
    assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    assertThat(answer.json().get("detail").asString()).contains(why);
  }

  @Test
  void givenTooManyTags_whenAdded_thenNoneIs() {
    String many =
        IntStream.range(0, 64)
            .mapToObj(i ->
                "{\"Path\": \"%08X\", \"Level\": \"series\", \"VR\": \"LO\", \"PrivateCreator\": \"M\"}"
                    .formatted(0x00111000 + i))
            .toList()
            .toString();

    Answer answer = post(API, many);

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.json().get("detail").asString()).contains("64");
    assertThat(read(API).json().get("tags").size()).isEqualTo(10);
    assertThat(post(API, "[" + " ".repeat(70_000) + "]").status()).isEqualTo(400);
    assertThat(
            send(
                    "POST",
                    API,
                    HttpRequest.BodyPublishers.ofString("Path=KVP"),
                    "Content-Type",
                    "application/x-www-form-urlencoded")
                .status())
        .isEqualTo(400);
  }

  private static JsonNode value(JsonNode result, String tag) {
    return result.get(tag).get("Value").get(0);
  }

  private List<String> studies(String path) {
    Answer answer = get(path);
    assertThat(answer.status()).as(new String(answer.body())).isIn(200, 204);
    List<String> studies = new ArrayList<>();
    if (answer.status() == 200) {
      answer.json().forEach(result -> studies.add(value(result, "0020000D").asString()));
    }
    return studies;
  }

  private Answer read(String path) {
    return send("GET", path, HttpRequest.BodyPublishers.noBody());
  }

  private Answer delete(String path) {
    return send("DELETE", path, HttpRequest.BodyPublishers.noBody());
  }

  private Answer post(String path, String body) {
    return send(
        "POST",
        path,
        HttpRequest.BodyPublishers.ofString(body),
        "Content-Type",
        "application/json");
  }
}
