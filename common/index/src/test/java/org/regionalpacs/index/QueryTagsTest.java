package org.regionalpacs.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.data.VR;
import org.regionalpacs.index.QueryTagIndexing.Place;
import org.regionalpacs.index.QueryTagIndexing.Read;
import org.regionalpacs.index.QueryTagIndexing.Stretch;
import org.regionalpacs.index.QueryTagIndexing.Waiting;
import org.regionalpacs.test.IntegrationTest;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@IntegrationTest
class QueryTagsTest {
  private static final String TENANT = "default";
  private static final Duration HOLD = Duration.ofMinutes(1);

  @Autowired IndexWriter writer;
  @Autowired DeletionWriter deletions;
  @Autowired QueryTags tags;
  @Autowired QueryTagIndexing indexing;
  @Autowired QueryTagWriter values;
  @Autowired JdbcClient jdbc;
  @Autowired PlatformTransactionManager transactions;

  private final String study = UID.generate();
  private final String series = study + ".1";
  private final Place place = new Place(TENANT, study, series);

  @BeforeEach
  @AfterEach
  void noTags() {
    for (String table : List.of("query_tag", "query_tag_value", "query_tag_waiting")) {
      jdbc.sql("delete from " + table).update();
    }
    jdbc.sql("delete from query_tag_error").update();
  }

  @Test
  void givenATag_whenObjectsArrive_thenTheirValuesAreThereAtOnce() {
    add(Tag.StationName, VR.SH, QueryTagLevel.SERIES);
    add(Tag.SliceThickness, VR.DS, QueryTagLevel.INSTANCE);

    arrive(sample().with(Tag.StationName, "CT1").with(Tag.SliceThickness, "2.5"));
    arrive(sample().with(Tag.StationName, "CT2").with(Tag.SliceThickness, "3"));

    assertThat(values()).containsExactlyInAnyOrder("CT1", "2.5", "3");
    assertThat(waiting()).isEmpty();
  }

  @Test
  void givenAnObjectReadBeforeTheTagWasAdded_whenItArrives_thenItsSeriesIsReadAgain() {
    QueryTagSet before = tags.load();
    add(Tag.StationName, VR.SH, QueryTagLevel.SERIES);

    writer.index(List.of(sample().tags(before).with(Tag.StationName, "CT1").build()));

    assertThat(values()).isEmpty();
    assertThat(waiting()).containsExactly(place);
  }

  @Test
  void givenABatchThatIsBeingIndexedWithoutTheTag_whenItIsAdded_thenAddingWaitsForTheBatch()
      throws Exception {
    IndexedInstance object = sample().tags(tags.load()).with(Tag.StationName, "CT1").build();
    TransactionTemplate batch = new TransactionTemplate(transactions);
    try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
      Future<?> adding =
          batch.execute(_ -> {
            writer.index(List.of(object));
            Future<?> begun =
                threads.submit(() -> add(Tag.StationName, VR.SH, QueryTagLevel.SERIES));
            org.awaitility.Awaitility.await()
                .until(() ->
                    jdbc.sql(
                                "select count(*) from pg_locks where locktype = 'advisory' and not granted")
                            .query(Integer.class)
                            .single()
                        > 0);
            return begun;
          });
      adding.get();
    }

    // So it is among the series that the tag's indexing begins with.
    assertThat(allSeries()).contains(place);
  }

  @Test
  void givenObjectsOfAStudy_whenTheyArriveInAnyOrder_thenTheFirstReceivedDecides() {
    add(Tag.StudyComments, VR.LO, QueryTagLevel.STUDY);
    UUID first = Sample.nextReception();
    UUID second = Sample.nextReception();
    UUID third = Sample.nextReception();

    arrive(sample().reception(second).with(Tag.StudyComments, "second"));
    arrive(sample().reception(third).with(Tag.StudyComments, "third"));
    assertThat(values()).containsExactly("second");

    arrive(sample().reception(first).with(Tag.StudyComments, "first"));
    assertThat(values()).containsExactly("first");
  }

  @Test
  void givenAnInstance_whenANewVersionComes_thenTheValueIsItsOrNone() {
    add(Tag.ImageType, VR.CS, QueryTagLevel.INSTANCE);
    String sop = UID.generate();
    arrive(sample().sop(sop).digest(1).with(Tag.ImageType, "ORIGINAL\\AXIAL"));
    assertThat(values()).containsExactlyInAnyOrder("ORIGINAL", "AXIAL");

    arrive(sample().sop(sop).digest(2).with(Tag.ImageType, "DERIVED"));
    assertThat(values()).containsExactly("DERIVED");

    arrive(sample().sop(sop).digest(3));
    assertThat(values()).isEmpty();
  }

  @Test
  void givenTheObjectAStudysValueIsFrom_whenItIsReplaced_thenOthersAreLookedAt() {
    add(Tag.StudyComments, VR.LO, QueryTagLevel.STUDY);
    String sop = UID.generate();
    arrive(sample().sop(sop).digest(1).with(Tag.StudyComments, "first"));
    arrive(sample().with(Tag.StudyComments, "second"));

    arrive(sample().sop(sop).digest(2));

    assertThat(values()).isEmpty();
    assertThat(waiting()).containsExactly(place);
  }

  @Test
  void givenTheObjectAStudysValueIsFrom_whenItIsDeleted_thenTheValueGoesAndOthersAreLookedAt() {
    add(Tag.StudyComments, VR.LO, QueryTagLevel.STUDY);
    add(Tag.SliceThickness, VR.DS, QueryTagLevel.INSTANCE);
    String sop = UID.generate();
    arrive(sample().sop(sop).with(Tag.StudyComments, "first").with(Tag.SliceThickness, "1"));
    arrive(sample().series(study + ".2").with(Tag.SliceThickness, "2"));

    deletions.delete(DeletionTarget.instance(TENANT, study, series, sop), Duration.ZERO);

    assertThat(values()).containsExactly("2");
    assertThat(waiting()).contains(new Place(TENANT, study, study + ".2"));

    deletions.delete(DeletionTarget.study(TENANT, study), Duration.ZERO);
    assertThat(values()).isEmpty();
  }

  @Test
  void givenStoredObjects_whenWrittenByIndexing_thenOnlyThoseThatAreCurrentAndByTheseTags() {
    IndexedInstance object = sample().build();
    writer.index(List.of(object));
    QueryTag tag = add(Tag.StationName, VR.SH, QueryTagLevel.INSTANCE);
    long generation = tags.load().generation();
    UUID current = object.object().receptionId();
    String sop = object.object().sop();

    assertThat(values.write(generation - 1, place, List.of(read(sop, current, tag, "old"))))
        .isFalse();
    assertThat(values()).isEmpty();
    assertThat(
            values.write(
                generation, place, List.of(read(sop, Sample.nextReception(), tag, "other"))))
        .isTrue();
    assertThat(values()).isEmpty();
    assertThat(values.write(generation, place, List.of(read(sop, current, tag, "CT1")))).isTrue();
    assertThat(values.write(generation, place, List.of(read(sop, current, tag, "CT1")))).isTrue();
    assertThat(values()).containsExactly("CT1");
  }

  @Test
  void givenATag_whenItsStretchesAreDone_thenItIsReady() {
    jdbc.sql("delete from series").update();
    for (int i = 1; i <= 3; i++) {
      writer.index(List.of(sample().series(study + "." + i).build()));
    }
    add(Tag.StationName, VR.SH, QueryTagLevel.SERIES);

    Stretch stretch = indexing.take(2, HOLD).orElseThrow();
    assertThat(stretch.series()).hasSize(2);
    assertThat(indexing.take(2, HOLD)).as("held by another").isEmpty();
    stretch.series().forEach(done -> indexing.done(stretch, done, HOLD));
    QueryTags.Status half = tags.list(TENANT).getFirst();
    assertThat(half.ready()).isFalse();
    assertThat(half.seriesDone()).isEqualTo(2);
    assertThat(half.seriesTotal()).isEqualTo(3);
    indexing.release(stretch);
    Stretch rest = indexing.take(2, HOLD).orElseThrow();
    rest.series().forEach(done -> indexing.done(rest, done, HOLD));
    indexing.release(rest);
    indexing.release(indexing.take(2, HOLD).orElseThrow());

    assertThat(tags.list(TENANT).getFirst().ready()).isTrue();
    assertThat(indexing.take(2, HOLD)).isEmpty();
  }

  @Test
  void givenAWaitingSeries_whenItIsToBeReadOnceMoreMeanwhile_thenItGoesOnWaiting() {
    QueryTagSet before = tags.load();
    add(Tag.StationName, VR.SH, QueryTagLevel.SERIES);
    writer.index(List.of(sample().tags(before).build()));
    Waiting waiting = indexing.takeWaiting(10, HOLD).getFirst();
    assertThat(indexing.takeWaiting(10, HOLD)).as("held").isEmpty();

    writer.index(List.of(sample().tags(before).build()));
    indexing.done(waiting);

    Waiting again = indexing.takeWaiting(10, HOLD).getFirst();
    indexing.postpone(again.place(), HOLD);
    assertThat(indexing.takeWaiting(10, HOLD)).isEmpty();
    indexing.done(again);
    assertThat(waiting()).isEmpty();
  }

  @Test
  void givenATag_whenItIsAddedAgainOrTooManyAre_thenNoneIsAdded() {
    QueryTag tag = add(Tag.StationName, VR.SH, QueryTagLevel.SERIES);
    QueryTags.Wanted other = wanted(Tag.StudyComments, VR.LO, QueryTagLevel.STUDY);
    QueryTags.Wanted same = wanted(Tag.StationName, VR.SH, QueryTagLevel.SERIES);

    assertThat(tags.add(TENANT, List.of(other, same), 64))
        .isEqualTo(new QueryTags.AlreadyThere("00081010"));
    assertThat(tags.add(TENANT, List.of(other), 1)).isEqualTo(new QueryTags.TooMany(1));
    assertThat(tags.add("north", List.of(same), 1)).isInstanceOf(QueryTags.Added.class);
    assertThat(tags.list(TENANT)).extracting(QueryTags.Status::tag).containsExactly(tag);
  }

  @Test
  void givenATagWithValues_whenItIsDeleted_thenItIsGoneAtOnceAndItsValuesBitByBit() {
    add(Tag.StationName, VR.SH, QueryTagLevel.INSTANCE);
    for (int i = 0; i < 5; i++) {
      arrive(sample().with(Tag.StationName, "CT" + i));
    }
    QueryTagSet known = tags.load();

    assertThat(tags.delete(TENANT, List.of(Tag.StationName))).isTrue();
    assertThat(tags.delete(TENANT, List.of(Tag.StationName))).isFalse();
    assertThat(tags.list(TENANT)).isEmpty();
    assertThat(tags.since(known)).isNotEqualTo(known);
    QueryTag anew = add(Tag.StationName, VR.SH, QueryTagLevel.INSTANCE);

    assertThat(indexing.removeDeleted(3)).isEqualTo(3);
    assertThat(indexing.removeDeleted(3)).isEqualTo(2);
    assertThat(indexing.removeDeleted(3)).isZero();
    assertThat(jdbc.sql("select tag_id from query_tag").query(Integer.class).list())
        .containsExactly(anew.id());
  }

  @Test
  void givenAValueThatItsVrDoesNotAllow_whenItArrives_thenItIsListed() {
    QueryTag tag = add(Tag.SliceThickness, VR.DS, QueryTagLevel.INSTANCE);
    Sample wrong = sample();
    arrive(wrong.header(Sample.header().setString(Tag.SliceThickness, VR.LO, "thin")));
    arrive(sample().with(Tag.SliceThickness, "2"));

    assertThat(tags.list(TENANT).getFirst().errors()).isEqualTo(1);
    List<QueryTags.Failure> failures = tags.failures(tag, Optional.empty(), 10);
    assertThat(failures).hasSize(1);
    assertThat(failures.getFirst().study()).isEqualTo(study);
    assertThat(failures.getFirst().reason()).contains("DS");
    assertThat(tags.failures(tag, Optional.of(failures.getFirst()), 10)).isEmpty();

    values.begin(place, List.of(tag));
    assertThat(tags.list(TENANT).getFirst().errors()).isZero();
  }

  private Sample sample() {
    return Sample.of(study);
  }

  private void arrive(Sample sample) {
    writer.index(List.of(sample.tags(tags.load()).build()));
  }

  private QueryTag add(int tag, VR vr, QueryTagLevel level) {
    QueryTags.Addition added = tags.add(TENANT, List.of(wanted(tag, vr, level)), 64);
    return ((QueryTags.Added) added).tags().getFirst();
  }

  private static QueryTags.Wanted wanted(int tag, VR vr, QueryTagLevel level) {
    return new QueryTags.Wanted(List.of(tag), "", vr, level);
  }

  private static Read read(String sop, UUID reception, QueryTag tag, String value) {
    Attributes header = new Attributes().setString(tag.tag(), tag.vr(), value);
    return new Read(sop, reception, QueryTagReader.read(List.of(tag), header));
  }

  private List<String> values() {
    return jdbc.sql("select shown from query_tag_value where tenant = ? and study_uid = ?")
        .params(TENANT, study)
        .query(String.class)
        .list();
  }

  private List<Place> waiting() {
    return jdbc.sql("select tenant, study_uid, series_uid from query_tag_waiting")
        .query((row, _) -> new Place(row.getString(1), row.getString(2), row.getString(3)))
        .list();
  }

  private Set<Place> allSeries() {
    return Set.copyOf(indexing.take(100_000, HOLD).orElseThrow().series());
  }
}
