package org.regionalpacs.wado;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.json.BulkDataResolver;
import org.regionalpacs.dicom.json.DicomJsonReader;
import org.regionalpacs.dicom.xml.NativeModelReader;
import org.regionalpacs.test.ExternalTool;
import org.regionalpacs.test.SampleObjects;
import tools.jackson.databind.JsonNode;

/** What search results hold and how they are encoded (PS3.18 10.6.3, 8.7). */
class SearchResultsIT extends WadoIT {
  private static final String XML = "multipart/related; type=\"application/dicom+xml\"";

  private final SampleObjects sample = SampleObjects.newStudy();
  private final List<byte[]> objects = new ArrayList<>();
  @TempDir Path dir;

  @BeforeAll
  void storeStudy() {
    for (int number = 1; number <= 3; number++) {
      Attributes object =
          sample
              .image(number)
              .setString(Tag.PatientName, "Wang^XiaoDong=王^小东=")
              .setString(Tag.StudyDescription, "Thorax <a> & \"b\"")
              .setString(Tag.TimezoneOffsetFromUTC, "+0800")
              .setString(Tag.PerformedProcedureStepStartDate, "20260102")
              .setString(Tag.PerformedProcedureStepStartTime, "030405")
              .setString(Tag.BodyPartExamined, "CHEST");
      object
          .newSequence(Tag.RequestAttributesSequence)
          .addItem()
          .setString(Tag.RequestedProcedureID, "RP1")
          .setString(Tag.ScheduledProcedureStepID, "SPS1");
      objects.add(part10(object));
    }
    assertThat(store("/dicom-web/studies", objects.toArray(byte[][]::new)).status()).isEqualTo(200);
    indexer.index(3);
  }

  @Test
  void givenAStudyNobodyHasCounted_whenSearched_thenItHasItsModalitiesAllTheSame() {
    SampleObjects arrived = SampleObjects.newStudy();
    Attributes image = arrived.image(1).setString(Tag.Modality, "MR");
    assertThat(store("/dicom-web/studies", part10(image)).status()).isEqualTo(200);
    indexer.indexUncounted(1);

    JsonNode found =
        get("/studies?StudyInstanceUID=" + image.getString(Tag.StudyInstanceUID).orElseThrow())
            .json();

    assertThat(found).hasSize(1);
    assertThat(found.get(0).path("00080061").path("Value").path(0).asString()).isEqualTo("MR");
  }

  @ParameterizedTest(name = "{0}: accept={1}, Accept: {2} -> {3}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          8.7.5 nothing given                  |                          |                                              | application/dicom+json
          8.7.5 anything                       |                          | */*                                          | application/dicom+json
          8.7.5 any application                |                          | application/*                                | application/dicom+json
          8.7.4 default type                   |                          | application/dicom+json                       | application/dicom+json
          8.7.4 plain JSON                     |                          | application/json                             | application/json
          8.7.4 XML, quoted                    |                          | multipart/related; type="application/dicom+xml" | multipart/related
          8.7.4 XML, unquoted                  |                          | multipart/related;type=application/dicom+xml | multipart/related
          8.7.4 any multipart is XML           |                          | multipart/related                            | multipart/related
          8.7.8 the first of equal quality     |                          | multipart/related; type=application/dicom+xml, application/dicom+json | multipart/related
          8.7.8 by quality                     |                          | multipart/related; type=application/dicom+xml; q=0.5, application/dicom+json | application/dicom+json
          8.7.8 what there is of a list        |                          | text/html, image/jpeg, application/json;q=0.1 | application/json
          8.3.3.1 parameter before header      | application/json         | multipart/related; type="application/dicom+xml" | application/json
          8.3.3.1 plus sign not escaped        | application/dicom+json   | text/html                                    | application/dicom+json
          8.3.3.1 XML by parameter             | multipart/related; type="application/dicom+xml" | */*                   | multipart/related
          """)
  void givenWhatIsAccepted_thenTheStandardsMediaType(
      String section, String parameter, String header, String expected) {
    String accept =
        parameter == null
            ? ""
            : "&accept=" + URLEncoder.encode(parameter, StandardCharsets.UTF_8).replace("%2B", "+");
    String[] headers = header == null ? new String[0] : new String[] {"Accept", header};

    Answer answer = get(ours() + accept, headers);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type").split(";")[0]).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/html",
        "application/dicom+xml",
        "multipart/related; type=\"application/dicom+json\"",
        "multipart/related; type=\"application/dicom\"",
        "application/dicom+json;q=0"
      })
  void givenNoneOfOursIsAccepted_then406NamesThem(String header) {
    Answer answer = get(ours(), "Accept", header);

    assertThat(answer.status()).isEqualTo(406);
    assertThat(answer.json().get("available").toString())
        .contains("application/dicom+json", "multipart/related; type=\\\"application/dicom+xml");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/studies", "/series", "/instances"})
  void givenResultsAsXml_thenEachIsAPartWithTheSameAttributes(String level) throws IOException {
    String query = level + "?includefield=all&StudyInstanceUID=" + sample.studyUid();
    List<Attributes> asJson = new ArrayList<>();
    new DicomJsonReader(BulkDataResolver.LEAVE_OUT)
        .readAll(new ByteArrayInputStream(get(query).body()), asJson::add);

    List<ReceivedPart> parts = get(query, "Accept", XML).parts();

    assertThat(parts).hasSameSizeAs(asJson).isNotEmpty();
    for (int i = 0; i < parts.size(); i++) {
      assertThat(parts.get(i).contentType()).isEqualTo("application/dicom+xml");
      assertThat(new String(parts.get(i).body(), StandardCharsets.UTF_8))
          .startsWith("<?xml")
          .contains("<FamilyName>王</FamilyName>", "Thorax &lt;a&gt; &amp;");
      Attributes asXml =
          new NativeModelReader(BulkDataResolver.LEAVE_OUT)
              .read(new ByteArrayInputStream(parts.get(i).body()));
      assertThat(asXml).hasToString(asJson.get(i).toString());
    }
  }

  @Test
  void givenNoMatch_thenXmlHasNoContent() {
    Answer answer = get("/studies?PatientID=nobody", "Accept", XML);

    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.body()).isEmpty();
  }

  /** PS3.18 tables 10.6.3-3 to 10.6.3-5. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /studies?StudyInstanceUID=S | 00080005 00080020 00080030 00080050 00080056 00080061 00080090 00080201 00081190 00100010 00100020 00100030 00100040 0020000D 00200010 00201206 00201208
          /studies/S/series | 00080005 00080056 00080060 00080201 0008103E 00081190 0020000D 0020000E 00200011 00201209 00400244 00400245 00400275
          /studies/S/series/E/instances | 00080005 00080016 00080018 00080056 00080201 00081190 0020000D 0020000E 00200013 00280010 00280011 00280100
          """)
  void givenALevel_thenResultsHoldItsAttributesAndNoOthers(String path, String tags) {
    Answer answer =
        get(
            path.replace("S/", sample.studyUid() + "/")
                .replace("=S", "=" + sample.studyUid())
                .replace("/E/", "/" + sample.seriesUid() + "/"));

    assertThat(new ArrayList<>(answer.json().get(0).propertyNames()))
        .containsExactly(tags.split(" "));
  }

  @Test
  void givenAllSeriesOrInstances_thenTheyHoldAttributesOfTheLevelsAbove() {
    String query = "?StudyInstanceUID=" + sample.studyUid();

    assertThat(new ArrayList<>(get("/series" + query).json().get(0).propertyNames()))
        .contains("00100020", "00080020", "00201206", "00201209", "00400275");
    assertThat(new ArrayList<>(get("/instances" + query).json().get(0).propertyNames()))
        .contains("00100020", "00080020", "00201206", "00080060", "00201209", "00200013");
    String inStudy = "/studies/" + sample.studyUid() + "/instances";
    assertThat(new ArrayList<>(get(inStudy).json().get(0).propertyNames()))
        .contains("00080060", "00201209")
        .doesNotContain("00100020");
  }

  @ParameterizedTest(name = "8.3.4.3 {0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          includefield=StudyDescription                                        | 00081030
          includefield=00081030                                                | 00081030
          includefield=StudyDescription&includefield=PatientAge,00080080       | 00081030
          includefield=Modality                                                |
          includefield=all                                                     | 00081030
          StudyDescription=                                                    | 00081030
          """)
  void givenIncludeFields_thenTheyAreReturnedIfOfTheLevel(String query, String added) {
    List<String> plain = new ArrayList<>(get(ours()).json().get(0).propertyNames());
    Answer answer = get(ours() + "&" + query);

    List<String> names = new ArrayList<>(answer.json().get(0).propertyNames());
    names.removeAll(plain);
    if (added == null) {
      assertThat(names).isEmpty();
    } else {
      assertThat(names).contains(added);
    }
    assertThat(names).doesNotContain("00080060", "00200013", "00080201");
    assertThat(answer.header("Warning")).isEmpty();
  }

  @Test
  void givenAnAttributeOfASequenceIsIncluded_thenTheSequenceIsReturned() {
    String path = "/studies/" + sample.studyUid() + "/series?includefield=";
    JsonNode series =
        get(path + "RequestAttributesSequence.ScheduledProcedureStepID,BodyPartExamined")
            .json()
            .get(0);

    assertThat(series.at("/00400275/Value/0/00400009/Value/0").asString()).isEqualTo("SPS1");
    assertThat(series.at("/00180015/Value/0").asString()).isEqualTo("CHEST");
  }

  @Test
  void givenIncludeFieldsThatNothingIsKnownOf_thenAWarningEachUpToABound() {
    Answer one = get(ours() + "&includefield=00091001,StudyID");
    assertThat(one.header("Warning")).startsWith("299 " + BASE_URL).contains("00091001");

    String hundreds =
        IntStream.range(0, 500).mapToObj("0009%04x"::formatted).collect(Collectors.joining(","));
    Answer answer = get(ours() + "&includefield=" + hundreds);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.response().headers().allValues("Warning"))
        .hasSize(9)
        .last()
        .asString()
        .contains("492 more");
  }

  @Test
  void givenMoreThanThePage_thenAWarningSaysHowMany() {
    String instances = "/studies/" + sample.studyUid() + "/instances";

    assertThat(get(instances + "?limit=2").header("Warning"))
        .isEqualTo("299 " + BASE_URL + ": There are 1 additional results that can be requested");
    assertThat(get(instances + "?limit=1&offset=1").header("Warning")).contains("are 1 additional");
    assertThat(get(instances + "?limit=3").header("Warning")).isEmpty();
    assertThat(get(instances + "?limit=1&offset=2").header("Warning")).isEmpty();
    assertThat(get(instances + "?offset=7").json()).isEmpty();
    assertThat(get(instances + "?charset=gbk").header("Warning")).contains("charset");
  }

  @Test
  void givenAKeyThatFindsTooMuch_thenTheAnswerSaysWhatToAdd() {
    Answer answer = get("/instances?Rows=512");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().get("parameter").asString()).isEqualTo("Rows");
    assertThat(answer.json().get("detail").asString()).contains("StudyInstanceUID");
  }

  @Test
  void givenHead_thenTheHeadersWithoutABody() {
    Answer answer =
        send("HEAD", "/dicom-web" + ours(), HttpRequest.BodyPublishers.noBody(), "Accept", XML);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).startsWith("multipart/related");
    assertThat(answer.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/studies", "/series", "/instances"})
  void givenPydicom_thenItReadsInResultsWhatItReadsInObjects(String level) throws IOException {
    // Debian's, which has Debian's pydicom.
    ExternalTool python = ExternalTool.named("env");
    ExternalTool.Outcome found = python.run("/usr/bin/python3", "-c", "import pydicom");
    assumeTrue(found.code() == 0, "python3-pydicom isn't installed");
    Path results = dir.resolve("results.json");
    String query = level + "?includefield=all&StudyInstanceUID=" + sample.studyUid();
    Files.write(results, get(query).body());
    List<Object> arguments =
        new ArrayList<>(List.of("/usr/bin/python3", "src/test/python/results.py", results));
    for (int i = 0; i < objects.size(); i++) {
      arguments.add(Files.write(dir.resolve(i + ".dcm"), objects.get(i)));
    }

    ExternalTool.Outcome outcome = python.run(arguments.toArray());

    assertThat(outcome.output()).doesNotContain("differs", "not in").contains("compared");
    assertThat(outcome.code()).isZero();
  }

  private String ours() {
    return "/studies?StudyInstanceUID=" + sample.studyUid();
  }
}
