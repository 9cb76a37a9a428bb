package org.regionalpacs.wado;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.index.ChangeSequencer;
import org.regionalpacs.test.SampleObjects;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/** The change feed over HTTP. */
@TestPropertySource(properties = {"pacs.delete.enabled=true", "pacs.delete.clock-tolerance=0s"})
class ChangesIT extends WadoIT {
  @Autowired ChangeSequencer sequencer;
  @Autowired JdbcTemplate jdbc;

  private final SampleObjects study = SampleObjects.newStudy();
  private long start;

  @BeforeEach
  void fromHere() {
    number();
    start = changes("/changes/latest").get("next").asLong();
  }

  @Test
  void givenAnObjectStoredReplacedAndDeleted_whenFollowed_thenEachComesOnceAndInOrder() {
    Attributes first = study.image(1);
    String sop = first.getString(Tag.SOPInstanceUID, "");
    stored(first);
    stored(study.image(2).setString(Tag.SOPInstanceUID, sop));
    assertThat(
            send(
                    "DELETE",
                    "/dicom-web/studies/" + study.studyUid(),
                    HttpRequest.BodyPublishers.noBody())
                .status())
        .isEqualTo(204);
    assertThat(changes("/changes?since=" + start).get("changes"))
        .as("nothing before it is numbered")
        .isEmpty();
    number();

    List<JsonNode> followed = new ArrayList<>();
    long since = start;
    for (int page = 1; page <= 4; page++) {
      JsonNode answer = changes("/changes?limit=1&since=" + since);
      answer.get("changes").forEach(followed::add);
      since = answer.get("next").asLong();
    }

    assertThat(followed)
        .extracting(change -> change.get("Action").asString())
        .containsExactly("created", "replaced", "deleted");
    JsonNode created = followed.getFirst();
    assertThat(created.get("Sequence").asLong()).isEqualTo(start + 1);
    assertThat(created.get("Tenant").asString()).isEqualTo("default");
    assertThat(created.get("StudyInstanceUID").asString()).isEqualTo(study.studyUid());
    assertThat(created.get("SOPInstanceUID").asString()).isEqualTo(sop);
    assertThat(created.get("Time").asString()).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
    assertThat(created.has("ReceptionID")).isTrue();
    JsonNode deleted = followed.getLast();
    assertThat(deleted.has("SeriesInstanceUID")).isFalse();
    assertThat(deleted.has("ReceptionID")).isFalse();
    assertThat(since).isEqualTo(start + 3);
  }

  @Test
  void givenAnotherTenant_whenItFollows_thenItSeesNothingOfThisAndYetGetsOn() {
    stored(study.image(1));
    number();

    JsonNode other = ofTenant("other", "/changes?since=" + start).json();

    assertThat(other.get("changes")).isEmpty();
    assertThat(other.get("next").asLong()).isEqualTo(start + 1);
    assertThat(changes("/changes?since=" + start).get("changes")).hasSize(1);
    assertThat(ofTenant("none", "/changes").status()).isEqualTo(404);
  }

  @Test
  void givenChangesThatAreNoLongerKept_whenAskedFor_thenGoneAndWhoAsksForAllGetsTheRest() {
    stored(study.image(1));
    stored(study.image(2));
    number();
    long forgotten = jdbc.queryForObject("select forgotten from change_sequence", Long.class);
    jdbc.update("update change_sequence set forgotten = ?", start + 1);
    try {
      Answer gone = get("/changes?since=" + start);

      assertThat(gone.status()).isEqualTo(410);
      assertThat(gone.header("Content-Type")).startsWith("application/problem+json");
      assertThat(gone.json().get("detail").asString()).contains("/changes/latest");
      assertThat(changes("/changes").get("changes")).hasSize(1);
    } finally {
      jdbc.update("update change_sequence set forgotten = ?", forgotten);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"since=x", "since=-1", "since=9223372036854775807", "limit=0", "limit=1001"})
  void givenABadParameter_whenAsked_then400NamesIt(String query) {
    Answer answer = get("/changes?" + query);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().get("parameter").asString())
        .isEqualTo(query.substring(0, query.indexOf('=')));
  }

  private void stored(Attributes object) {
    assertThat(store("/dicom-web/studies", part10(object)).status()).isEqualTo(200);
    indexer.index(1);
  }

  private Answer ofTenant(String tenant, String path) {
    return send(
        "GET", "/tenants/" + tenant + "/dicom-web" + path, HttpRequest.BodyPublishers.noBody());
  }

  private JsonNode changes(String path) {
    Answer answer = get(path);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Cache-Control")).contains("no-store");
    return answer.json();
  }

  private void number() {
    while (sequencer.number(1000) > 0) {
      // Until none is left.
    }
  }
}
