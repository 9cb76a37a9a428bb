package org.regionalpacs.wado;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.test.SampleObjects;
import tools.jackson.databind.JsonNode;

/** What doesn't agree with the index, over HTTP. */
class ConflictsIT extends WadoIT {
  private final SampleObjects study = SampleObjects.newStudy();
  private Attributes wrongName;

  @BeforeAll
  void storeContradictions() {
    Attributes first = study.image(1);
    wrongName = study.image(2).setString(Tag.PatientName, "Somebody^Else");
    Attributes wrongPatient = study.image(3).setString(Tag.PatientID, "other");
    Attributes newVersion =
        study.image(4).setString(Tag.SOPInstanceUID, first.getString(Tag.SOPInstanceUID, ""));
    for (Attributes object : List.of(first, wrongName, wrongPatient, newVersion)) {
      assertThat(store("/dicom-web/studies", part10(object)).status()).isEqualTo(200);
      indexer.index(1);
    }
  }

  @Test
  void givenContradictions_whenListed_thenEachComesWithItsValuesTheLastSeenFirst() {
    Answer answer = list("/api/conflicts?study=" + study.studyUid());

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).startsWith("application/json");
    assertThat(answer.header("Cache-Control")).contains("no-store");
    JsonNode conflicts = answer.json().get("conflicts");
    assertThat(texts(conflicts, "Kind"))
        .containsExactly("new-version", "study-patient", "patient-attributes");
    JsonNode name = conflicts.get(2);
    assertThat(name.get("SOPInstanceUID").asString())
        .isEqualTo(wrongName.getString(Tag.SOPInstanceUID, ""));
    assertThat(name.get("Objects").asInt()).isEqualTo(1);
    assertThat(name.get("Differences").get("PatientName").get("Received").asString())
        .isEqualTo("Somebody^Else");
    assertThat(name.get("Differences").get("PatientName").get("Index").asString())
        .isEqualTo(study.patientName());
    assertThat(answer.json().has("next")).isFalse();
  }

  @Test
  void givenPages_whenFollowed_thenEveryConflictComesOnce() {
    List<String> ids = new ArrayList<>();
    String path = "/api/conflicts?limit=1&study=" + study.studyUid();
    String next = "";
    do {
      JsonNode page = list(path + (next.isEmpty() ? "" : "&after=" + next)).json();
      ids.addAll(texts(page.get("conflicts"), "ID"));
      next = page.path("next").asString("");
    } while (!next.isEmpty());

    assertThat(ids).hasSize(3);
    assertThat(new HashSet<>(ids)).hasSize(3);
  }

  @Test
  void givenFilters_whenListed_thenOnlyThoseCome() {
    String path = "/api/conflicts?study=" + study.studyUid();
    JsonNode kind = list(path + "&kind=study-patient").json().get("conflicts");
    assertThat(texts(kind, "Kind")).containsExactly("study-patient");

    String since = list(path).json().get("conflicts").get(1).get("LastSeen").asString();
    assertThat(list(path + "&since=" + since).json().get("conflicts").size()).isEqualTo(2);
    assertThat(list(path + "&since=2999-01-01T00:00:00Z").json().get("conflicts").size()).isZero();
  }

  @Test
  void givenAnotherTenant_whenListed_thenItSeesNothingOfThis() {
    String path = "/tenants/other/api/conflicts?study=" + study.studyUid();
    assertThat(list(path).json().get("conflicts").size()).isZero();
    assertThat(list("/tenants/default/api/conflicts").json().get("conflicts").size())
        .isGreaterThanOrEqualTo(3);
    assertThat(list("/tenants/none/api/conflicts").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kind=nonsense",
        "study=../1",
        "since=yesterday",
        "limit=0",
        "limit=1001",
        "limit=x",
        "after=x",
        "after=MTIz"
      })
  void givenAWrongParameter_whenListed_thenTheAnswerNamesIt(String parameter) {
    Answer answer = list("/api/conflicts?" + parameter);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    assertThat(answer.json().get("parameter").asString()).isEqualTo(parameter.split("=")[0]);
  }

  private Answer list(String path) {
    return send("GET", path, HttpRequest.BodyPublishers.noBody());
  }

  private static List<String> texts(JsonNode array, String member) {
    List<String> texts = new ArrayList<>();
    array.forEach(node -> texts.add(node.get(member).asString()));
    return texts;
  }
}
