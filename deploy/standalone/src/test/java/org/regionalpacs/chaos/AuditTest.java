package org.regionalpacs.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.regionalpacs.chaos.Files10.Content;

/** The suite itself must notice what it looks for. */
class AuditTest {
  private final StudyMaker studies = new StudyMaker(1);
  private final SentObject object = studies.next();
  private final Ledger ledger = new Ledger();
  private final Map<Content, Integer> online = new HashMap<>();
  private final Map<Content, Integer> archive = new HashMap<>();
  private final IndexSnapshot index = new IndexSnapshot(new HashMap<>(), new ArrayList<>());
  private final WebView web = new WebView(new HashSet<>(), new HashMap<>());

  @Test
  void givenAnAcceptedObjectThatIsEverywhere_thenNothingDiffers() {
    sent(object, Outcome.ACCEPTED);
    everywhere(object);

    assertThat(differences()).isEmpty();
  }

  @Test
  void givenAnAcceptedObjectIsMissingSomewhere_thenThePlaceIsNamed() {
    sent(object, Outcome.ACCEPTED);
    assertThat(differences())
        .hasSize(2)
        .anyMatch(text -> text.startsWith("accepted but not stored: " + object.sop()))
        .anyMatch(text -> text.startsWith("accepted but indexed 0 times: " + object.sop()));

    everywhere(object);
    archive.clear();
    web.found().clear();
    web.retrieved().put(object.sop(), "other");
    assertThat(differences())
        .hasSize(3)
        .anyMatch(text -> text.startsWith("not archived"))
        .anyMatch(text -> text.startsWith("indexed but not found by QIDO-RS"))
        .anyMatch(text -> text.startsWith("WADO-RS gives other, not " + object.digest()));
  }

  @Test
  void givenARefusedOrCutObjectIsVisible_thenItDiffers() {
    for (Outcome outcome : List.of(Outcome.REFUSED, Outcome.CUT)) {
      SentObject other = studies.next();
      sent(other, outcome);
      assertThat(differences()).isEmpty();
      web.found().add(other.sop());
      assertThat(differences())
          .singleElement()
          .asString()
          .startsWith("refused, cut or deleted, but");
      web.found().clear();
    }
  }

  @Test
  void givenADeletedObjectIsStillThere_thenItDiffers() {
    sent(object, Outcome.ACCEPTED);
    sent(object, Outcome.DELETED);
    assertThat(differences()).isEmpty();
    everywhere(object);
    assertThat(differences())
        .hasSize(2)
        .anyMatch(text -> text.startsWith("deleted, but its bytes are there"))
        .anyMatch(text -> text.startsWith("refused, cut or deleted, but visible"));

    sent(object, Outcome.ACCEPTED);
    assertThat(differences()).isEmpty();
  }

  @Test
  void givenNoAnswer_thenItMayBeThereWhollyOrNotAtAll() {
    sent(object, Outcome.UNKNOWN);
    assertThat(differences()).isEmpty();
    everywhere(object);
    assertThat(differences()).isEmpty();
    archive.clear();
    assertThat(differences()).singleElement().asString().startsWith("not archived");
  }

  @Test
  void givenTwoVersions_thenTheLastAcceptedMustBeCurrent() {
    SentObject later = studies.otherVersion(object);
    sent(object, Outcome.ACCEPTED);
    sent(later, Outcome.ACCEPTED);
    everywhere(later);
    online.put(new Content(object.sop(), object.digest()), 1);
    assertThat(differences()).isEmpty();

    everywhere(object);
    assertThat(differences())
        .singleElement()
        .asString()
        .startsWith("the current version is " + object.digest());
  }

  @Test
  void givenSomethingIsThereTwice_orWasNeverSent_orIsMiscounted_thenItDiffers() {
    sent(object, Outcome.ACCEPTED);
    everywhere(object);
    online.put(new Content(object.sop(), object.digest()), 2);
    index.rows().put("1.2.3", List.of());
    index.wrongCounts().add("series 1 says 2, has 3");

    assertThat(differences())
        .hasSize(3)
        .anyMatch(text -> text.startsWith("in 2 files"))
        .contains("indexed but never sent: 1.2.3", "wrong count: series 1 says 2, has 3");
  }

  private void sent(SentObject sent, Outcome outcome) {
    ledger.record(sent, "test", outcome, "");
  }

  private void everywhere(SentObject there) {
    online.put(new Content(there.sop(), there.digest()), 1);
    archive.put(new Content(there.sop(), there.digest()), 1);
    index
        .rows()
        .put(
            there.sop(),
            List.of(
                new IndexSnapshot.Row(
                    there.study(), there.series(), there.sop(), there.digest(), "blob")));
    web.found().add(there.sop());
    web.retrieved().put(there.sop(), there.digest());
  }

  private List<String> differences() {
    return new Audit(ledger.entries().values(), online, archive, index, web).differences();
  }
}
