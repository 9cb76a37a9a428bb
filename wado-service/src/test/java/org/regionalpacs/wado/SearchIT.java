package org.regionalpacs.wado;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.test.SampleObjects;
import tools.jackson.databind.JsonNode;

class SearchIT extends WadoIT {
  private final SampleObjects muller = SampleObjects.newStudy();
  private final SampleObjects wang = SampleObjects.newStudy();
  private String otherTenantsStudy;

  @BeforeAll
  void storeStudies() {
    List<byte[]> objects = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      objects.add(
          part10(
              muller
                  .image(i)
                  .setString(Tag.PatientName, "Müller^Jürgen^K")
                  .setString(Tag.StudyDate, "20180501")
                  .setString(Tag.StudyTime, "1015")
                  .setString(Tag.AccessionNumber, "XA0070Y")
                  .setString(Tag.StudyDescription, "CT Thorax")
                  .setString(Tag.PatientAge, "040Y")));
    }
    objects.add(
        part10(
            muller
                .newSeries()
                .image(1)
                .setString(Tag.SOPClassUID, UID.MRImageStorage)
                .setString(Tag.Modality, "MR")
                .setString(Tag.StudyDate, "20180501")));
    Attributes chinese =
        wang.image(1)
            .setString(Tag.PatientName, "Wang^XiaoDong=王^小东=")
            .setString(Tag.StudyDate, "20200101");
    objects.add(part10(chinese));
    assertThat(store("/dicom-web/studies", objects.toArray(byte[][]::new)).status()).isEqualTo(200);
    SampleObjects other = SampleObjects.newStudy();
    otherTenantsStudy = other.studyUid();
    assertThat(store("/tenants/other/dicom-web/studies", part10(other.image(1))).status())
        .isEqualTo(200);
    indexer.index(6);
  }

  @Test
  void givenTheViewersList_thenStudiesComeNewestFirstWithAllRequiredAttributes() {
    Answer answer =
        get(
            "/studies?limit=1001&offset=0&fuzzymatching=true"
                + "&includefield=00081030%2C00080060%2C00080090%2C00100030",
            "Accept", "application/dicom+json");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo("application/dicom+json");
    assertThat(answer.header("Warning")).isEmpty();
    assertThat(studies(answer)).containsSubsequence(wang.studyUid(), muller.studyUid());
    JsonNode study = find(answer, muller.studyUid());
    assertThat(study.at("/00080061/Value").toString()).isEqualTo("[\"CT\",\"MR\"]");
    assertThat(value(study, "00201206")).isEqualTo("2");
    assertThat(value(study, "00201208")).isEqualTo("4");
    assertThat(value(study, "00081190")).isEqualTo(BASE_URL + "/studies/" + muller.studyUid());
    assertThat(value(study, "00080056")).isEqualTo("ONLINE");
    assertThat(value(study, "00081030")).isEqualTo("CT Thorax");
    assertThat(study.at("/00100010/Value/0/Alphabetic").asString()).isEqualTo("Müller^Jürgen^K");
    for (String required :
        List.of("00080005", "00080020", "00080030", "00080050", "00080090", "00100020")) {
      assertThat(study.has(required)).as(required).isTrue();
    }
    for (String required : List.of("00100030", "00100040", "0020000D", "00200010")) {
      assertThat(study.has(required)).as(required).isTrue();
    }
    List<String> names = new ArrayList<>(study.propertyNames());
    assertThat(names).isSorted().doesNotContain("00080060", "00101010", "00080201");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PatientName=m%C3%BCller",
        "PatientName=muller",
        "PatientName=MULLER%5Ejurgen",
        "PatientName=*ULL*",
        "PatientName=mu?ler*",
        "00100010=Muller%5E*",
        "StudyDate=20180501",
        "StudyDate=20180101-20181231",
        "StudyDate=-20191231&StudyTime=1000-1100",
        "StudyTime=1015",
        "AccessionNumber=XA0070Y",
        "AccessionNumber=*A0070*",
        "StudyDescription=*thorax*",
        "StudyDescription=ct%20Thorax",
        "ReferringPhysicianName=referrer",
        "ModalitiesInStudy=MR",
        "ModalitiesInStudy=PT,MR",
        "ModalitiesInStudy=M*",
        "SOPClassesInStudy=1.2.840.10008.5.1.4.1.1.4",
        "Modality=MR",
        "SeriesNumber=1&Modality=CT&SOPClassUID=1.2.840.10008.5.1.4.1.1.2",
        "PatientSex=O",
        "PatientBirthDate=19600101-19801231",
        "StudyID=1",
        "StudyDescription="
      })
  void givenAMatchingKey_thenTheStudyIsFound(String query) {
    Answer answer = get("/studies?" + query + "&PatientID=" + muller.patientId());

    assertThat(answer.status()).isEqualTo(200);
    assertThat(studies(answer)).containsExactly(muller.studyUid());
    assertThat(answer.header("Warning")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PatientName=jurgen",
        "PatientName=mulle",
        "StudyDate=20180502-",
        "StudyTime=1016-",
        "AccessionNumber=A0070",
        "AccessionNumber=xa0070y",
        "StudyDescription=thorax",
        "ModalitiesInStudy=PT",
        "Modality=PT",
        "IssuerOfPatientID=nobody",
        "SeriesNumber=99"
      })
  void givenAKeyThatDoesNotMatch_thenAnEmptyArray(String query) {
    Answer answer = get("/studies?" + query + "&PatientID=" + muller.patientId());

    assertThat(answer.status()).isEqualTo(200);
    assertThat(new String(answer.body())).isEqualTo("[]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PatientName=%E7%8E%8B", "PatientName=%E7%8E%8B%5E*", "PatientName=wang"})
  void givenAChineseName_thenEachGroupFindsIt(String query) {
    Answer answer = get("/studies?" + query + "&PatientID=" + wang.patientId());

    assertThat(studies(answer)).containsExactly(wang.studyUid());
  }

  @Test
  void givenAListOfUids_thenAllOfThemAreFound() {
    Answer answer =
        get("/studies?StudyInstanceUID=" + muller.studyUid() + "," + wang.studyUid() + ",1.2.3");

    assertThat(studies(answer)).containsExactly(wang.studyUid(), muller.studyUid());
  }

  @Test
  void givenPages_thenTogetherTheyAreTheWhole() {
    String patients = "StudyInstanceUID=" + muller.studyUid() + "," + wang.studyUid();
    List<String> all = studies(get("/instances?" + patients + "&limit=100"), "00080018");
    List<String> paged = new ArrayList<>();
    for (int offset = 0; offset < all.size() + 2; offset += 2) {
      paged.addAll(
          studies(get("/instances?" + patients + "&limit=2&offset=" + offset), "00080018"));
    }

    assertThat(paged).isEqualTo(all).doesNotHaveDuplicates().hasSize(5);
    assertThat(studies(get("/studies?limit=0"))).isEmpty();
  }

  @Test
  void givenSeriesOfAStudy_thenSeriesAttributesAndWhatIsIncluded() {
    Answer answer =
        get(
            "/studies/"
                + muller.studyUid()
                + "/series?includefield=00080021%2C00080031%2C0008103E%2C00200011");

    assertThat(answer.json()).hasSize(2);
    JsonNode series = find(answer, "0020000E", muller.seriesUid());
    assertThat(value(series, "00080060")).isEqualTo("CT");
    assertThat(value(series, "00201209")).isEqualTo("3");
    assertThat(value(series, "0008103E")).isEqualTo("Sample series");
    assertThat(value(series, "0020000D")).isEqualTo(muller.studyUid());
    assertThat(value(series, "00081190")).endsWith("/series/" + muller.seriesUid());
    assertThat(series.has("00100020")).isFalse();
  }

  @Test
  void givenInstancesOfASeries_thenInstanceAttributesInOrder() {
    Answer answer =
        get("/studies/" + muller.studyUid() + "/series/" + muller.seriesUid() + "/instances");

    assertThat(answer.json()).hasSize(3);
    assertThat(answer.json().valueStream().map(one -> value(one, "00200013")))
        .containsExactly("1", "2", "3");
    JsonNode first = answer.json().get(0);
    assertThat(value(first, "00080016")).isEqualTo(UID.CTImageStorage);
    assertThat(value(first, "00280010")).isEqualTo("16");
    assertThat(value(first, "00280100")).isEqualTo("16");
    assertThat(first.has("00080060")).isFalse();
    assertThat(get("/studies/" + muller.studyUid() + "/instances").json()).hasSize(4);
    JsonNode anywhere =
        find(
            get("/instances?PatientID=" + muller.patientId()),
            "00080018",
            value(first, "00080018"));
    assertThat(value(anywhere, "00080060")).isEqualTo("CT");
    assertThat(value(anywhere, "00100020")).isEqualTo(muller.patientId());
  }

  @Test
  void givenIncludeFieldAll_thenAllThatIsKept() {
    Answer answer = get("/studies?includefield=all&StudyInstanceUID=" + muller.studyUid());

    assertThat(value(answer.json().get(0), "00101010")).isEqualTo("040Y");
  }

  @Test
  void givenAnotherTenant_thenItSeesItsOwnOnly() {
    Answer other = send("GET", "/tenants/other/dicom-web/studies?limit=10000", none());

    // Other tests of this JVM store for that tenant too.
    assertThat(studies(other))
        .contains(otherTenantsStudy)
        .doesNotContain(muller.studyUid(), wang.studyUid());
    assertThat(value(find(other, otherTenantsStudy), "00081190"))
        .isEqualTo("http://127.0.0.1:8080/tenants/other/dicom-web/studies/" + otherTenantsStudy);
    assertThat(studies(get("/studies?limit=10000"))).doesNotContain(otherTenantsStudy);
    assertThat(studies(get("/studies?StudyInstanceUID=" + otherTenantsStudy))).isEmpty();
    assertThat(send("GET", "/tenants/nobody/dicom-web/studies", none()).status()).isEqualTo(404);
    assertThat(get("/studies/" + otherTenantsStudy).status()).isEqualTo(404);
    assertThat(get("/studies/" + otherTenantsStudy + "/metadata").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({
    "/studies?StudyDate=yesterday, StudyDate",
    "/studies?limit=x, limit",
    "/studies?StudyInstanceUID=1..2, StudyInstanceUID",
    "/studies/1..2/series, study",
    "/studies/1.2/series/..2/instances, series"
  })
  void givenAMalformedSearch_thenTheParameterIsNamed(String path, String parameter) {
    Answer answer = get(path);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.json().get("parameter").asString()).isEqualTo(parameter);
  }

  @Test
  void givenAPathThatClimbs_thenItIsRefused() {
    Answer answer = get("/studies/1.2/series/%2E%2E%2F/instances");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
  }

  @Test
  void givenWhatCanNotBeMatched_thenAWarning() {
    Answer answer = get("/studies?PatientWeight=70&StudyInstanceUID=" + muller.studyUid());

    assertThat(answer.json()).hasSize(1);
    assertThat(answer.header("Warning")).contains("PatientWeight");
    Answer nonsense = get("/studies?Nonsense=70&StudyInstanceUID=" + muller.studyUid());
    assertThat(nonsense.json()).hasSize(1);
    assertThat(nonsense.header("Warning")).contains("Nonsense");
  }

  @Test
  void givenAnUnacceptableMediaType_then406NamesWhatThereIs() {
    Answer answer = get("/studies", "Accept", "text/html");

    assertThat(answer.status()).isEqualTo(406);
    assertThat(answer.json().get("available").toString()).contains("application/dicom+json");
  }

  private static java.net.http.HttpRequest.BodyPublisher none() {
    return java.net.http.HttpRequest.BodyPublishers.noBody();
  }

  private static List<String> studies(Answer answer) {
    return studies(answer, "0020000D");
  }

  private static List<String> studies(Answer answer, String tag) {
    return answer.json().valueStream().map(one -> value(one, tag)).toList();
  }

  private static JsonNode find(Answer answer, String study) {
    return find(answer, "0020000D", study);
  }

  private static JsonNode find(Answer answer, String tag, String value) {
    return answer
        .json()
        .valueStream()
        .filter(one -> value(one, tag).equals(value))
        .findFirst()
        .orElseThrow();
  }

  private static String value(JsonNode object, String tag) {
    return object.at("/" + tag + "/Value/0").asString("");
  }
}
