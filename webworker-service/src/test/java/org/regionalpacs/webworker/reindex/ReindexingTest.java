package org.regionalpacs.webworker.reindex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.VR;
import org.regionalpacs.index.DeletionTarget;
import org.regionalpacs.index.DeletionWriter;
import org.regionalpacs.index.IndexWriter;
import org.regionalpacs.index.LocationWriter;
import org.regionalpacs.index.QueryTag;
import org.regionalpacs.index.QueryTagIndexing;
import org.regionalpacs.index.QueryTagIndexing.Stretch;
import org.regionalpacs.index.QueryTagLevel;
import org.regionalpacs.index.QueryTags;
import org.regionalpacs.metadata.OnlineNode;
import org.regionalpacs.test.IntegrationTest;
import org.regionalpacs.test.SampleObjects;
import org.regionalpacs.webworker.WebWorkerApplication;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** What is stored already is read for query tags, by the running service. */
@IntegrationTest
@DirtiesContext
@TestPropertySource(
    properties = {
      "spring.config.name=" + WebWorkerApplication.CONFIG_NAME,
      "pacs.reindex.poll=50ms",
      "pacs.reindex.batch=2",
      "pacs.reindex.slice=2",
      "pacs.reindex.retry=100ms",
    })
class ReindexingTest {
  private static final String TENANT = OnlineNode.TENANT;

  @TempDir static Path folder;

  @Autowired IndexWriter index;
  @Autowired LocationWriter locations;
  @Autowired DeletionWriter deletions;
  @Autowired QueryTags tags;
  @Autowired QueryTagIndexing indexing;
  @Autowired JdbcClient jdbc;

  private final SampleObjects study = SampleObjects.newStudy();
  private OnlineNode node;

  @DynamicPropertySource
  static void folders(DynamicPropertyRegistry properties) {
    properties.add("pacs.online.root", () -> folder.resolve("online"));
    properties.add("pacs.archive.root", () -> folder.resolve("archive"));
    properties.add("pacs.derived.root", () -> folder.resolve("derived"));
  }

  @BeforeEach
  void node() {
    node = new OnlineNode(folder.resolve("online"), index, locations);
  }

  @AfterEach
  void noTags() {
    tags.list(TENANT).forEach(status -> tags.delete(TENANT, status.tag().path()));
    soon(() ->
        assertThat(jdbc.sql("select count(*) from query_tag").query(Integer.class).single())
            .isZero());
  }

  @Test
  void givenStoredObjects_whenTagsAreAdded_thenTheirValuesAreFoundAndTheTagsAreReady() {
    for (int i = 1; i <= 5; i++) {
      node.receive(image(i, "first " + i, "thick " + i));
    }
    node.receive(study.newSeries().image(9).setString(Tag.StationName, VR.SH, "other"));

    QueryTag station = add(Tag.StationName, VR.SH, QueryTagLevel.SERIES);
    QueryTag comment = add(Tag.ImageComments, VR.LO, QueryTagLevel.INSTANCE);

    awaitReady(station);
    awaitReady(comment);
    // The first received decides for its series; instances have their own.
    assertThat(values(station)).containsExactlyInAnyOrder("first 1", "other");
    assertThat(values(comment))
        .containsExactlyInAnyOrder("thick 1", "thick 2", "thick 3", "thick 4", "thick 5");
    QueryTags.Status status = status(station);
    assertThat(status.seriesDone()).isEqualTo(status.seriesTotal()).isPositive();
  }

  @Test
  void givenAWorkerThatWasKilledInTheMiddle_whenItsLeaseHasRunOut_thenAnotherGoesOnAtTheMark() {
    for (int i = 1; i <= 4; i++) {
      node.receive(study.newSeries().image(i).setString(Tag.StationName, VR.SH, "S" + i));
    }
    // What arrived while there were other tags is read again, whatever the mark says.
    soon(() ->
        assertThat(jdbc.sql("select count(*) from query_tag_waiting").query(Integer.class).single())
            .isZero());
    // As if by a worker that then dies: held, one series marked as done that was never read.
    // Both at once, as QueryTags does: a worker that polls in between would know the generation
    // without its tag. Held for long, so that no worker takes it before the mark is set.
    jdbc.sql(
            """
            with raised as (update query_tag_generation set generation = generation + 1)
            insert into query_tag (tenant, path, creator, vr, level, state, held_until)
            values (?, '00081010', '', 'SH', 'series', 'indexing', now() + interval '1 hour')
            """)
        .param(TENANT)
        .update();
    QueryTag tag = status(Tag.StationName).tag();
    Stretch dead = new Stretch(TENANT, java.util.Set.of(tag.id()), List.of());
    String firstSeries =
        jdbc.sql(
                "select series_uid from series where tenant = ? and study_uid = ?"
                    + " order by series_uid limit 1")
            .params(TENANT, study.studyUid())
            .query(String.class)
            .single();
    indexing.done(
        dead,
        new QueryTagIndexing.Place(TENANT, study.studyUid(), firstSeries),
        Duration.ofSeconds(1));

    awaitReady(tag);

    assertThat(values(tag)).hasSize(3);
  }

  @Test
  void givenAnObjectThatIsNowhere_whenItIsRead_thenItIsListedAndTheOthersAreFound()
      throws IOException {
    Files.delete(node.receive(image(1, "CT 1", "gone")));
    node.receive(image(2, "CT 1", "there"));

    QueryTag comment = add(Tag.ImageComments, VR.LO, QueryTagLevel.INSTANCE);

    awaitReady(comment);
    assertThat(values(comment)).containsExactly("there");
    List<QueryTags.Failure> failures =
        tags.failures(comment, Optional.empty(), 1000).stream()
            .filter(failure -> failure.study().equals(study.studyUid()))
            .toList();
    assertThat(failures).hasSize(1);
    assertThat(failures.getFirst().reason()).contains("neither online nor in the archive");
  }

  @Test
  void givenAnObjectThatCanNotBeReachedNow_whenItCan_thenItsValueIsFoundAndTheComplaintTakenBack() {
    node.receive(image(1, "CT 1", "reached"));
    // Of a node that isn't here and can't be asked.
    jdbc.sql("update location set node = 'elsewhere' where store = 'online'").update();
    QueryTag comment;
    try {
      comment = add(Tag.ImageComments, VR.LO, QueryTagLevel.INSTANCE);
      soon(() -> assertThat(status(comment).errors()).isPositive());
      assertThat(values(comment)).isEmpty();
    } finally {
      jdbc.sql("update location set node = 'node-1' where store = 'online'").update();
    }

    soon(() -> assertThat(values(comment)).containsExactly("reached"));
    soon(() ->
        assertThat(
                tags.failures(comment, Optional.empty(), 1000).stream()
                    .filter(failure -> failure.study().equals(study.studyUid())))
            .isEmpty());
  }

  @Test
  void givenAnObjectThatIsOnlyInTheArchive_whenItIsRead_thenItsValueIsFound() throws IOException {
    Path file = node.receive(image(1, "CT 1", "archived"));
    Path blob = folder.resolve("archive").resolve("default/evicted.dcm");
    Files.createDirectories(blob.getParent());
    Files.move(file, blob);
    jdbc.sql(
            """
            update location set store = 'local', node = '', blob_id = 'default/evicted.dcm'
             where tenant = ? and blob_id like '%' || ? || '%'
            """)
        .params(TENANT, study.studyUid())
        .update();

    QueryTag comment = add(Tag.ImageComments, VR.LO, QueryTagLevel.INSTANCE);

    awaitReady(comment);
    assertThat(values(comment)).containsExactly("archived");
  }

  @Test
  void givenTheObjectAStudysValueIsFrom_whenItIsDeleted_thenThatOfTheNextTakesItsPlace() {
    Attributes first = image(1, "CT 1", "a").setString(Tag.StudyComments, VR.LO, "of the first");
    node.receive(first);
    node.receive(image(2, "CT 1", "b").setString(Tag.StudyComments, VR.LO, "of the second"));
    QueryTag comment = add(Tag.StudyComments, VR.LO, QueryTagLevel.STUDY);
    awaitReady(comment);
    assertThat(values(comment)).containsExactly("of the first");

    deletions.delete(
        DeletionTarget.instance(
            TENANT, study.studyUid(), study.seriesUid(), first.getString(Tag.SOPInstanceUID, "")),
        Duration.ZERO);

    soon(() -> assertThat(values(comment)).containsExactly("of the second"));
  }

  private Attributes image(int number, String station, String comment) {
    return study
        .image(number)
        .setString(Tag.StationName, VR.SH, station)
        .setString(Tag.ImageComments, VR.LT, comment);
  }

  private QueryTag add(int tag, VR vr, QueryTagLevel level) {
    QueryTags.Wanted wanted = new QueryTags.Wanted(List.of(tag), "", vr, level);
    return ((QueryTags.Added) tags.add(TENANT, List.of(wanted), 64)).tags().getFirst();
  }

  private void awaitReady(QueryTag tag) {
    soon(() -> assertThat(status(tag).ready()).isTrue());
  }

  private QueryTags.Status status(QueryTag tag) {
    return status(tag.tag());
  }

  private QueryTags.Status status(int tag) {
    return tags.list(TENANT).stream()
        .filter(status -> status.tag().tag() == tag)
        .findFirst()
        .orElseThrow();
  }

  private List<String> values(QueryTag tag) {
    return jdbc.sql(
            "select shown from query_tag_value where tenant = ? and tag_id = ? and study_uid = ?")
        .params(TENANT, tag.id(), study.studyUid())
        .query(String.class)
        .list();
  }

  private static void soon(ThrowingRunnable assertion) {
    await().atMost(Duration.ofSeconds(60)).untilAsserted(assertion);
  }
}
