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
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.test.SampleObjects;

/** Pinning studies over HTTP. */
class PinsIT extends WadoIT {
  private final SampleObjects study = SampleObjects.newStudy();
  private final String path = "/api/pins/studies/" + study.studyUid();

  @BeforeAll
  void store() {
    assertThat(store("/dicom-web/studies", part10(study.image(1))).status()).isEqualTo(200);
    indexer.index(1);
  }

  @Test
  void givenAStudy_whenPinned_thenItIsSaidWithItsReasonUntilItIsUnpinned() {
    Answer pinned = put(path, "{\"Reason\": \"clinical trial\"}");

    assertThat(pinned.status()).isEqualTo(200);
    assertThat(pinned.json().get("StudyInstanceUID").asString()).isEqualTo(study.studyUid());
    assertThat(pinned.json().get("Reason").asString()).isEqualTo("clinical trial");
    assertThat(read(path).json()).isEqualTo(pinned.json());
    assertThat(read("/tenants/default" + path).status()).isEqualTo(200);
    assertThat(read("/tenants/other" + path).status()).isEqualTo(404);
    assertThat(put("/tenants/other" + path, "").status()).isEqualTo(404);

    assertThat(delete(path).status()).isEqualTo(204);

    assertThat(read(path).status()).isEqualTo(404);
    Answer again = delete(path);
    assertThat(again.status()).isEqualTo(404);
    assertThat(again.header("Content-Type")).startsWith("application/problem+json");
  }

  @Test
  void givenNoBody_whenPinned_thenThereIsNoReason() {
    assertThat(put(path, "").json().get("Reason").asString()).isEmpty();
    assertThat(put(path, "{}").json().get("Reason").asString()).isEmpty();
    delete(path);
  }

  @Test
  void givenAnUnknownStudy_whenPinned_thenNotFound() {
    assertThat(put("/api/pins/studies/" + UID.generate(), "").status()).isEqualTo(404);
    assertThat(put("/api/pins/studies/no..uid%20", "").status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"Reason\": 5}", "{\"Reason\": \"\\u0000\"}", "null 7"})
  void givenABodyThatIsWrong_whenPinned_thenBadRequest(String body) {
    Answer answer = put(path, body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
  }

  @Test
  void givenAForm_whenPinned_thenItIsRefusedAndNotTakenForNothing() {
    Answer answer =
        send(
            "PUT",
            path,
            HttpRequest.BodyPublishers.ofString("{\"Reason\": \"trial\"}"),
            "Content-Type",
            "application/x-www-form-urlencoded");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(send("PUT", path, HttpRequest.BodyPublishers.noBody()).status()).isEqualTo(200);
    delete(path);
  }

  @Test
  void givenTooLongAReason_whenPinned_thenBadRequest() {
    assertThat(put(path, "{\"Reason\": \"" + "x".repeat(1001) + "\"}").status()).isEqualTo(400);
    assertThat(put(path, "{\"Reason\": \"" + "x".repeat(100_000) + "\"}").status()).isEqualTo(400);
  }

  @Test
  void givenPins_whenListedByPages_thenEachComesOnce() {
    List<String> studies = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      SampleObjects other = SampleObjects.newStudy();
      assertThat(store("/dicom-web/studies", part10(other.image(1))).status()).isEqualTo(200);
      indexer.index(1);
      assertThat(put("/api/pins/studies/" + other.studyUid(), "").status()).isEqualTo(200);
      studies.add(other.studyUid());
    }
    List<String> found = new ArrayList<>();
    String next = "";
    do {
      Answer page = read("/api/pins?limit=1" + (next.isEmpty() ? "" : "&after=" + next));
      assertThat(page.status()).isEqualTo(200);
      page.json().get("pins").forEach(pin -> found.add(pin.get("StudyInstanceUID").asString()));
      next = page.json().path("next").asString("");
    } while (!next.isEmpty());

    assertThat(found).containsAll(studies);
    assertThat(new HashSet<>(found)).hasSameSizeAs(found);
    assertThat(read("/tenants/other/api/pins?limit=1000").json().get("pins").toString())
        .doesNotContain(studies);
    studies.forEach(each -> delete("/api/pins/studies/" + each));
  }

  @ParameterizedTest
  @ValueSource(strings = {"limit=0", "limit=1001", "limit=x", "after=x", "after=MTIz"})
  void givenAWrongParameter_whenListed_thenTheAnswerNamesIt(String parameter) {
    Answer answer = read("/api/pins?" + parameter);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().get("parameter").asString()).isEqualTo(parameter.split("=")[0]);
  }

  private Answer read(String path) {
    return send("GET", path, HttpRequest.BodyPublishers.noBody());
  }

  private Answer delete(String path) {
    return send("DELETE", path, HttpRequest.BodyPublishers.noBody());
  }

  private Answer put(String path, String body) {
    return send(
        "PUT",
        path,
        HttpRequest.BodyPublishers.ofString(body),
        "Content-Type",
        "application/json; charset=utf-8");
  }
}
