package org.regionalpacs.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.index.LocationWriter.PlacedObject;
import org.regionalpacs.test.IntegrationTest;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Lists of blocks beside the places of objects, and files of an archive that nobody knows. */
@IntegrationTest
class BlockListsTest {
  private static final String STORE = "fastdfs";

  @Autowired IndexWriter writer;
  @Autowired LocationWriter locations;
  @Autowired DeletionWriter deletions;
  @Autowired DeletionJournal journal;
  @Autowired Removals removals;
  @Autowired BlockLists lists;
  @Autowired PossibleOrphans orphans;
  @Autowired JdbcClient jdbc;

  private final IndexedInstance object = Sample.of(UID.generate()).build();
  private final ReceptionKey key = object.object().key();
  private final String blob = "group1/M00/00/00/" + UUID.randomUUID() + ".blocks";
  private final String block = "group1/M00/00/01/" + UUID.randomUUID() + ".block";
  private final String text = "regional-pacs blocks 1\nblock 5 00000000 " + block + "\nend 5\n";

  @BeforeEach
  void index() {
    for (String table : List.of("possible_orphan", "removal", "deletion", "dead_reception")) {
      jdbc.sql("delete from " + table).update();
    }
    writer.index(List.of(object));
    place(blob, text);
  }

  private void place(String id, String blocks) {
    locations.upsert(
        List.of(
            new PlacedObject(key, new ObjectLocation(STORE, "", id, 0, 5), Optional.of(blocks))));
  }

  private List<PossibleOrphan> listed() {
    return orphans.list(Instant.EPOCH, 100);
  }

  private PossibleOrphan orphan(Optional<String> answered) {
    return new PossibleOrphan(
        UUID.randomUUID(),
        Instant.parse("2026-01-02T03:04:05Z"),
        STORE,
        "10.0.0.1:23000",
        "t/1.dcm",
        5_000_000_000L,
        17,
        answered.isPresent() ? OptionalLong.empty() : OptionalLong.of(0xFFFF_FFFFL),
        answered,
        "Connection reset");
  }

  @Test
  void givenAnObjectInBlocks_whenItsPlaceIsRecordedAgain_thenItsListIsThereOnce() {
    place(blob, text);

    assertThat(lists.find(STORE, blob)).contains(text);
    assertThat(lists.find("other", blob)).isEmpty();
    assertThat(lists.names(STORE, List.of("x", block))).isTrue();
    assertThat(lists.names(STORE, List.of(block.substring(1)))).isFalse();
    assertThat(lists.names("other", List.of(block))).isFalse();
    assertThat(lists.names(STORE, List.of())).isFalse();
    assertThat(listed()).isEmpty();
  }

  @Test
  void givenADeletion_whenItsBlobIsToBeRemoved_thenTheListStaysUntilItIs() {
    deletions.delete(DeletionTarget.study(key.tenant(), key.study()), Duration.ZERO);
    journal.waiting(10).forEach(journal::journaled);

    removals.remove(
        STORE,
        10,
        removal -> {
          assertThat(lists.find(STORE, removal.blobId())).contains(text);
          throw new IOException("away");
        });
    assertThat(lists.find(STORE, blob)).contains(text);
    jdbc.sql("update removal set not_before = now()").update();
    removals.remove(STORE, 10, _ -> {});
    assertThat(lists.find(STORE, blob)).isEmpty();
  }

  @Test
  void givenADeadObject_whenItsCopyIsRecordedLate_thenItsListGoesWithIt() {
    deletions.delete(DeletionTarget.study(key.tenant(), key.study()), Duration.ZERO);
    journal.waiting(10).forEach(journal::journaled);
    removals.remove(STORE, 10, _ -> {});

    place(blob, text);
    assertThat(lists.find(STORE, blob)).contains(text);
    removals.remove(STORE, 10, _ -> {});
    assertThat(lists.find(STORE, blob)).isEmpty();
  }

  @Test
  void givenASecondCopy_whenItTakesTheFirstOnesPlace_thenTheFirstIsAPossibleOrphan() {
    place("group1/M00/second.blocks", text);

    assertThat(listed())
        .singleElement()
        .satisfies(orphan -> {
          assertThat(orphan.answered()).contains(blob);
          assertThat(orphan.name()).contains(key.receptionId().toString());
        });
    assertThat(lists.find(STORE, blob)).isEmpty();
  }

  @Test
  void givenACopyThatIsGone_whenANewOneTakesItsPlace_thenItIsNoOrphan() {
    jdbc.sql("update location set state = 'missing' where reception_id = ?")
        .param(key.receptionId())
        .update();
    place("group1/M00/third.blocks", text);
    assertThat(listed()).isEmpty();
  }

  @Test
  void givenPossibleOrphans_whenToldTwice_thenEachIsListedOnceAsItWas() {
    PossibleOrphan unknown = orphan(Optional.empty());
    PossibleOrphan answered = orphan(Optional.of("group1/M00/nobody"));
    for (PossibleOrphan one : List.of(unknown, answered, unknown)) {
      orphans.add(one);
    }
    assertThat(listed()).containsExactlyInAnyOrder(unknown, answered);
    assertThat(orphans.list(Instant.EPOCH, 1)).hasSize(1);
    assertThat(orphans.list(unknown.found().plusSeconds(1), 9)).isEmpty();
    assertThat(orphans.forget(unknown.found())).isZero();
    assertThat(orphans.forget(unknown.found().plusSeconds(1))).isEqualTo(2);
    assertThat(listed()).isEmpty();
  }

  private PossibleOrphan justUploaded(String name, String id) {
    return left(name, Optional.of(id));
  }

  @Test
  void givenWhatWasUploadedWhenAProcessDied_whenListed_thenOnlyWhatNobodyKnowsIs() {
    String name =
        String.join(
            "/", key.tenant(), key.study(), key.series(), key.sop(), "" + key.receptionId());
    PossibleOrphan second = justUploaded(name + ".dcm", "group1/M00/00/02/second.dcm");
    PossibleOrphan other = justUploaded("no/name/of/an/object", "group1/M00/00/02/other.dcm");
    for (PossibleOrphan one :
        List.of(
            second,
            other,
            justUploaded(name + ".dcm.blocks", blob),
            justUploaded(name + ".dcm.00000-5-0123456789abcdef.block", block))) {
      orphans.add(one);
    }

    assertThat(listed()).containsExactlyInAnyOrder(second, other);
  }

  @Test
  void givenAnIdThatTurnsOutToBeKnown_whenListed_thenItIsNoOrphan() {
    for (String known : List.of(blob, block)) {
      orphans.add(orphan(Optional.of(known)));
    }
    assertThat(listed()).isEmpty();
  }

  @Test
  void givenTwoCopiesOfAnObject_whenItIsDeletedBeforeTheSecondIsRecorded_thenBothAreRemoved() {
    deletions.delete(DeletionTarget.study(key.tenant(), key.study()), Duration.ZERO);
    String second = "group1/M00/00/00/" + UUID.randomUUID() + ".dcm";

    locations.upsert(List.of(new PlacedObject(key, new ObjectLocation(STORE, "", second, 0, 5))));

    assertThat(removed()).containsExactlyInAnyOrder(blob, second);
  }

  @Test
  void givenCopiesThatDeadProcessesHadMade_whenTheirObjectIsDeleted_thenThoseWithAnIdAreRemoved() {
    String copy = "group1/M00/00/00/" + UUID.randomUUID() + ".dcm";
    PossibleOrphan known = left(key, Optional.of(copy));
    PossibleOrphan nameless = left(key, Optional.empty());
    ReceptionKey other = Sample.of(UID.generate()).build().object().key();
    PossibleOrphan alive = left(other, Optional.of(copy + "x"));
    PossibleOrphan anybodys = orphan(Optional.of(copy));
    List.of(known, nameless, alive, anybodys).forEach(orphans::add);

    assertThat(removals.addOrphans()).as("nothing is deleted").isZero();
    deletions.delete(DeletionTarget.study(key.tenant(), key.study()), Duration.ZERO);

    assertThat(removals.addOrphans()).isEqualTo(1);
    assertThat(removals.addOrphans()).isZero();
    assertThat(removed()).containsExactlyInAnyOrder(blob, copy);
    assertThat(listed())
        .extracting(PossibleOrphan::id)
        .containsExactlyInAnyOrder(nameless.id(), alive.id(), anybodys.id());
  }

  @Test
  void givenASecondCopyTookThePlaceOfTheFirst_whenTheObjectIsDeleted_thenTheFirstIsRemovedToo() {
    String second = "group1/M00/00/00/" + UUID.randomUUID() + ".blocks";
    place(second, text);
    deletions.delete(DeletionTarget.study(key.tenant(), key.study()), Duration.ZERO);

    removals.addOrphans();

    assertThat(removed()).containsExactlyInAnyOrder(blob, second);
    assertThat(listed()).isEmpty();
  }

  private PossibleOrphan left(ReceptionKey of, Optional<String> id) {
    return left(
        String.join("/", of.tenant(), of.study(), of.series(), of.sop(), of.receptionId() + ".dcm"),
        id);
  }

  private static PossibleOrphan left(String name, Optional<String> id) {
    return new PossibleOrphan(
        UUID.randomUUID(),
        Instant.parse("2026-01-02T03:04:05Z"),
        STORE,
        "",
        name,
        5,
        5,
        OptionalLong.empty(),
        id,
        "the process that had just uploaded it died");
  }

  private List<String> removed() {
    journal.waiting(10).forEach(journal::journaled);
    List<String> ids = new ArrayList<>();
    removals.remove(STORE, 10, removal -> ids.add(removal.blobId()));
    return ids;
  }
}
