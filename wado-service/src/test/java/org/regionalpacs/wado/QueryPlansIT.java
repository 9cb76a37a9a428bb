package org.regionalpacs.wado;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.data.VR;
import org.regionalpacs.index.ChangeFeed;
import org.regionalpacs.index.ChangeSequencer;
import org.regionalpacs.index.ConflictKind;
import org.regionalpacs.index.ConflictQuery;
import org.regionalpacs.index.Conflicts;
import org.regionalpacs.index.DeletionTarget;
import org.regionalpacs.index.DeletionWriter;
import org.regionalpacs.index.Evictions;
import org.regionalpacs.index.IndexedInstance;
import org.regionalpacs.index.InstanceObjects;
import org.regionalpacs.index.LocationRepository;
import org.regionalpacs.index.LocationWriter;
import org.regionalpacs.index.NodeObject;
import org.regionalpacs.index.NodeObjects;
import org.regionalpacs.index.ObjectLocation;
import org.regionalpacs.index.QueryTagIndexing;
import org.regionalpacs.index.QueryTagReader;
import org.regionalpacs.index.QueryTagSet;
import org.regionalpacs.index.QueryTagWriter;
import org.regionalpacs.index.QueryTags;
import org.regionalpacs.index.ReceivedObject;
import org.regionalpacs.index.ReceptionKey;
import org.regionalpacs.index.StudyIdentity;
import org.regionalpacs.index.StudyPins;
import org.regionalpacs.index.StudyReads;
import org.regionalpacs.messages.ReceptionId;
import org.regionalpacs.test.LargeIndex;
import org.regionalpacs.test.QueryPlans;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What the product asks the index every day must not read a table from end to end. The statements
 * are those that the product runs, and the plans those that PostgreSQL used for them.
 */
@Import(QueryPlans.class)
@TestPropertySource(properties = "logging.level.org.hibernate.orm.jdbc.warn=error")
abstract class QueryPlansIT extends WadoIT {
  /** A statement that runs often gets a plan for any parameters; that one must be good too. */
  private static final int TIMES = 8;

  private static final Pattern WHOLE_TABLE =
      Pattern.compile(
          "Seq Scan on (?:only )?(patient|study|series|instance|location|superseded_instance|rendition|"
              + "conflict|conflict_object|online_study|study_pin|change|query_tag_value|query_tag_error)(_\\d\\d)?\\b");

  @Autowired QueryPlans plans;
  @Autowired DataSource index;
  @Autowired JdbcTemplate jdbc;
  @Autowired InstanceObjects objects;
  @Autowired LocationRepository locations;
  @Autowired Conflicts conflicts;
  @Autowired StudyReads reads;
  @Autowired StudyPins pins;
  @Autowired DeletionWriter deletions;
  @Autowired ChangeSequencer sequencer;
  @Autowired ChangeFeed feed;
  @Autowired QueryTags queryTags;
  @Autowired QueryTagIndexing tagIndexing;
  @Autowired QueryTagWriter tagWriter;

  private QueryTagSet tags = QueryTagSet.NONE;

  /** Instances in the index. */
  abstract int size();

  /** Objects in one batch of the indexer. */
  abstract int batch();

  @BeforeAll
  void fill() {
    // Without the product's limit of time; it is there when a test is tried again.
    JdbcTemplate filled = new JdbcTemplate(index);
    if (filled.queryForObject("select count(*) from study", Long.class) == 0) {
      LargeIndex.fill(filled, size());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/studies?limit=50, study_by_date online_study_evicted instance_ location_",
    "/studies?limit=50&offset=200, study_by_date study_pkey",
    "/studies?limit=50&offset=4000, Index Only Scan using study_by_date",
    "/studies?StudyDate=20100101-&limit=50&offset=300, Index Only Scan using study_by_date",
    "/series?Modality=CT&StudyDate=20100201-&limit=50&offset=300, study_by_date series_pkey",
    "/studies?PatientID=P77, patient_by_id study_by_patient",
    "/studies?PatientName=N28dd2c79*, patient_by_name study_by_patient",
    "/studies?StudyDate=20100201-20100203&limit=50, study_by_date",
    "/studies?StudyDate=20100201&ModalitiesInStudy=CT&limit=50, study_by_date",
    "/studies?ModalitiesInStudy=MR&limit=50, study_by_",
    "/studies?ModalitiesInStudy=CT&limit=50, study_by_date",
    "/studies?AccessionNumber=A77, study_by_accession",
    "/studies?AccessionNumber=*77777*, study_by_part_of_accession",
    "/studies?PatientID=*777*, patient_by_part_of_id",
    "/studies?PatientBirthDate=19310203, patient_by_birth_date",
    "/studies?PatientName=N28dd2c79d&fuzzymatching=true, patient_by_name patient_by_name_tokens",
    "/studies?PatientName=%E7%8E%8B%E5%B0%8F%E4%B8%9C, patient_by_name_tokens",
    "/studies?StudyID=I77, study_by_study_id",
    "/studies?StudyID=*77777*, study_by_part_of_id",
    "/studies?StudyTime=010101, study_by_time",
    "/studies?StudyDescription=*28dd2c79*, study_by_description",
    "/studies?SOPClassesInStudy=1.2.840.10008.5.1.4.1.1.4, study_by_sop_class",
    "/studies?StudyDate=20100201-20100203&StudyTime=1200-1100&limit=50, study_by_date",
    "/studies?StudyDate=20100201&TimezoneOffsetFromUTC=%2B0800&limit=50, study_by_date",
    "/studies?SeriesInstanceUID=1.2.4.77, series_by_uid",
    "/studies?SOPInstanceUID=1.2.5.77, instance_",
    "/studies?Modality=XC, series_by_modality",
    "/series?Modality=XC, series_by_modality",
    "/series?SeriesDescription=*28dd2c79*, series_by_description",
    "/series?SeriesDate=20100201, series_by_date",
    "/series?PerformedProcedureStepStartDate=20100201-20100202, series_by_procedure_step_date",
    "/studies?RequestAttributesSequence.ScheduledProcedureStepID=S77, series_by_request",
    "/series?00400275.00400009=S77, series_by_request",
    "/studies?ProcedureCodeSequence.CodeValue=C77, study_by_procedure_code",
    "/studies?OtherPatientIDsSequence.PatientID=O77, patient_by_other_ids",
    "/studies?StudyInstanceUID=1.2.3.77, study_pkey",
    "/studies/1.2.3.77/series, series_pkey online_study_evicted instance_ location_",
    "/series?PatientID=P77, online_study_evicted instance_ location_",
    "/instances?PatientID=P77, online_study_evicted instance_ location_",
    "/series?SeriesInstanceUID=1.2.4.77, series_by_uid",
    "/studies/1.2.3.77/instances, instance_ online_study_evicted location_",
    "/studies/1.2.3.0/instances?limit=1000, instance_ online_study_evicted",
    "/studies/1.2.3.77/series/1.2.4.154/instances, instance_",
    "/instances?SOPInstanceUID=1.2.5.77, instance_",
    "/studies/1.2.3.77/series/1.2.4.154/metadata, series_",
    "/studies?DeviceSerialNumber=D777, query_tag_value_",
    "/series?DeviceSerialNumber=D77*&includefield=DeviceSerialNumber&limit=50, query_tag_value_",
    "/studies?DeviceSerialNumber=D777&StudyDate=20100201-20100203, query_tag_value_ study_pkey",
    "/instances?00181400=X7777&limit=50, query_tag_value_ instance_",
    "/changes?since=5000&limit=100, change_",
  })
  void givenTheIndexIsLarge_whenItIsAskedOverHttp_thenByIndex(String path, String indexes)
      throws Exception {
    check(
        indexes,
        () -> assertThat(get(path, "Accept", "application/dicom+json").status()).isEqualTo(200));
  }

  /** OHIF's list and prior studies: planning them took longer than the rest. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/studies?limit=101&offset=0&fuzzymatching=false&includefield=00081030,00080060,00080090",
        "/studies?00100020=P77&limit=101&offset=0&fuzzymatching=true&includefield=00081030",
        "/studies/1.2.3.77/series?includefield=00080021,00080031,0008103E,00200011"
      })
  void givenASearchThatIsOftenAskedFor_thenItIsPlannedOnce(String path) throws Exception {
    List<String> used = List.of();
    for (int i = 0; i < 4 * TIMES; i++) {
      used = plans.of(() -> assertThat(get(path).status()).isEqualTo(200));
    }
    // With the parameters themselves in it, it is a plan for any values.
    assertThat(used)
        .filteredOn(plan -> plan.contains("from study s"))
        .isNotEmpty()
        .allSatisfy(plan -> assertThat(plan).containsPattern("Index Cond: .*= \\(?\\$1"));
  }

  @Test
  void givenAConnection_thenNoStatementTakesSeveralProcesses() {
    assertThat(jdbc.queryForObject("show max_parallel_workers_per_gather", String.class))
        .isEqualTo("0");
  }

  @Test
  void givenTheIndexIsLarge_whenBatchesAreIndexed_thenByIndex() throws Exception {
    check(
        "patient_pkey study_pkey series_pkey instance_ location_ online_study_pkey",
        () -> {
          List<IndexedInstance> batch = newInstances();
          locationWriter.upsert(
              batch.stream().map(IndexedInstance::object).map(QueryPlansIT::place).toList());
          indexWriter.index(batch);
        });
  }

  @Test
  void givenQueryTags_whenBatchesAreIndexedByThem_thenByIndex() throws Exception {
    check(
        "query_tag_value_pkey",
        () -> {
          tags = queryTags.since(tags);
          indexWriter.index(newInstances());
          indexWriter.index(newVersions());
        });
    tags = QueryTagSet.NONE;
  }

  @Test
  void givenQueryTags_whenStoredSeriesAreRead_thenByIndex() throws Exception {
    // Counting the tenant's series for the progress, once for a tag, reads them all: it is done.
    jdbc.update(
        "update query_tag set state = 'indexing', series_total = 1 where path = '00321060'");
    QueryTagSet known = queryTags.load();
    check(
        "series_pkey",
        () -> {
          var stretch = tagIndexing.take(50, Duration.ofSeconds(60)).orElseThrow();
          var series = stretch.series().getFirst();
          tagWriter.begin(series, known.of("default"));
          var object =
              objects.ofSeries(series.tenant(), series.study(), series.series()).getFirst();
          var readings = QueryTagReader.read(known.of("default"), described(new Attributes()));
          var read = new QueryTagIndexing.Read(object.sop(), object.receptionId(), readings);
          assertThat(tagWriter.write(known.generation(), series, List.of(read))).isTrue();
          tagIndexing.done(stretch, series, Duration.ofSeconds(60));
          tagIndexing.release(stretch);
        });
    jdbc.update("update query_tag set state = 'ready'");
  }

  @Test
  void givenTheIndexIsLarge_whenNewVersionsAreIndexed_thenByIndex() throws Exception {
    check(
        "patient_pkey study_pkey series_pkey superseded_instance_by_sop conflict_pkey",
        () -> indexWriter.index(newVersions()));
  }

  @Test
  void givenTheIndexIsLarge_whenSeriesAreCounted_thenByIndex() throws Exception {
    check(
        "series_uncounted study_pkey series_pkey instance_",
        () -> {
          indexWriter.index(newInstances());
          countWriter.recount(200);
        });
  }

  @Test
  void givenTheIndexIsLarge_whenObjectsAndPlacesAreLookedUp_thenByIndex() throws Exception {
    check("instance_ location_ rendition_", () -> objects.ofStudy("default", LargeIndex.study(5)));
    check(
        "instance_ location_ rendition_",
        () -> objects.ofSeries("default", LargeIndex.study(5), LargeIndex.series(9)));
    check(
        "instance_ location_ rendition_",
        () ->
            objects.find("default", LargeIndex.study(5), LargeIndex.series(9), LargeIndex.sop(41)));
    check(
        "instance_ location_ rendition_", () -> objects.ofStudy("default", LargeIndex.LARGE_STUDY));
    check(
        "instance_ location_ rendition_",
        () -> objects.ofSeries("default", LargeIndex.LARGE_STUDY, LargeIndex.LARGE_SERIES));
    List<UUID> receptions =
        jdbc.queryForList("select reception_id from instance limit " + batch(), UUID.class);
    check("location_", () -> locations.findByTenantAndReceptionIdIn("default", receptions));
  }

  @Test
  void givenTheIndexIsLarge_whenConflictsAreListed_thenByIndex() throws Exception {
    check("conflict_by_time", () -> conflicts.list(ConflictQuery.of("default", 100)));
    check(
        "conflict_by_study",
        () ->
            conflicts.list(
                new ConflictQuery(
                    "default",
                    Optional.empty(),
                    Optional.of(LargeIndex.study(5)),
                    Optional.empty(),
                    Optional.empty(),
                    100)));
    check(
        "conflict_by_",
        () ->
            conflicts.list(
                new ConflictQuery(
                    "default",
                    Optional.of(ConflictKind.NEW_VERSION),
                    Optional.empty(),
                    Optional.of(Instant.EPOCH),
                    Optional.of(
                        new ConflictQuery.Position(
                            Instant.now().minusSeconds(300), new UUID(0, 0))),
                    100)));
  }

  @Test
  void givenTheIndexIsLarge_whenChangesAreNumberedToldAndForgotten_thenByIndex() throws Exception {
    check(
        "change_by_sequence",
        () -> {
          indexWriter.index(newInstances());
          assertThat(sequencer.number(1000)).isPositive();
          assertThat(feed.afterOfAll(size() / 2, 100)).hasSize(100);
          assertThat(sequencer.forget(Duration.ofDays(90), 100)).isEqualTo(100);
        });
  }

  /** Others of them than the rest of the tests look at. */
  @Test
  void givenTheIndexIsLarge_whenDeleted_thenByIndex() throws Exception {
    AtomicInteger next = new AtomicInteger(size() / 100 + new Random().nextInt(size() / 100));
    check(
        "study_pkey series_pkey instance_ rendition_ location_ patient_pkey",
        () -> delete(DeletionTarget.study("default", LargeIndex.study(next.incrementAndGet()))));
    check(
        "study_pkey series_pkey instance_ rendition_ location_",
        () -> {
          int n = next.incrementAndGet();
          delete(
              DeletionTarget.series("default", LargeIndex.study(n), LargeIndex.series(2 * n - 1)));
        });
    check(
        "study_pkey series_pkey instance_ rendition_ location_",
        () -> {
          int n = next.incrementAndGet();
          delete(
              DeletionTarget.instance(
                  "default",
                  LargeIndex.study(n),
                  LargeIndex.series(2 * n - 1),
                  LargeIndex.sop(10 * n - 9)));
        });
  }

  private void delete(DeletionTarget target) {
    assertThat(deletions.delete(target, Duration.ZERO)).as("deletion of %s", target).isPresent();
  }

  @Test
  void givenTheIndexIsLarge_whenStudiesAreReadAndPinned_thenByIndex() throws Exception {
    List<StudyReads.Read> batch =
        IntStream.range(1, 300)
            .mapToObj(n ->
                new StudyReads.Read(
                    "default", LargeIndex.study(n), System.currentTimeMillis(), true))
            .toList();
    check("online_study_pkey", () -> reads.record(batch));
    check("study_pin_by_time", () -> pins.list("default", Optional.empty(), 100));
    check(
        "study_pin_by_time",
        () ->
            pins.list(
                "default",
                Optional.of(new StudyPins.Position(Instant.now().minusSeconds(300), "")),
                100));
    check("study_pin_pkey", () -> pins.pin("default", LargeIndex.study(5), ""));
  }

  @Test
  void givenTheIndexIsLarge_whenAStudyIsEvicted_thenByIndex() throws Exception {
    NodeObjects nodeObjects = new NodeObjects(jdbc);
    Evictions evictions =
        new Evictions(jdbc, new TransactionTemplate(new JdbcTransactionManager(index)), "");
    StudyIdentity study = new StudyIdentity("default", LargeIndex.LARGE_STUDY);
    int last = size() / 10;
    StudyIdentity small = new StudyIdentity("default", LargeIndex.study(last));
    check("series_pkey", () -> nodeObjects.series(study));
    check("instance_ location_", () -> nodeObjects.ofSeries(study, LargeIndex.LARGE_SERIES, ""));
    List<NodeObject> some = nodeObjects.ofSeries(small, LargeIndex.series(2 * last), "");
    check("location_ online_study_pkey", () -> evictions.evict(small, some));
    check("instance_ location_ online_study_pkey", () -> evictions.counted(study, 60));
  }

  private void check(String indexes, QueryPlans.Work work) throws Exception {
    for (int i = 0; i < TIMES; i++) {
      List<String> used = plans.of(work);
      String all = String.join("\n", used);
      assertThat(used).isNotEmpty();
      assertThat(used.stream().filter(plan -> WHOLE_TABLE.matcher(plan).find())).isEmpty();
      for (String index : indexes.split(" ")) {
        assertThat(all).contains(index);
      }
    }
  }

  private static LocationWriter.PlacedObject place(ReceivedObject object) {
    return new LocationWriter.PlacedObject(
        new ReceptionKey(
            object.tenant(), object.study(), object.series(), object.sop(), object.receptionId()),
        new ObjectLocation(ObjectLocation.ONLINE, "node", object.sop() + ".dcm", 0, object.size()));
  }

  /** Half into a study that is there, half into new ones. */
  private List<IndexedInstance> newInstances() {
    String newStudy = UID.generate();
    return IntStream.range(0, batch())
        .mapToObj(i -> {
          boolean known = i % 2 == 0;
          return instance(
              known ? LargeIndex.study(7) : newStudy + "." + i % 5,
              known ? LargeIndex.series(13) : newStudy + ".9." + i % 5,
              UID.generate(),
              known ? "P4" : "P" + newStudy);
        })
        .toList();
  }

  private List<IndexedInstance> newVersions() {
    List<IndexedInstance> versions = new ArrayList<>();
    for (int i = 0; i < batch(); i++) {
      int n = 1 + i * 37 % size();
      versions.add(
          instance(
              LargeIndex.study((n + 9) / 10),
              LargeIndex.series((n + 4) / 5),
              LargeIndex.sop(n),
              "P" + ((n + 9) / 10 + 1) / 2));
    }
    return versions;
  }

  private static Attributes described(Attributes header) {
    return header
        .setString(Tag.DeviceSerialNumber, VR.LO, "D1")
        .setString(Tag.AcquisitionDeviceProcessingDescription, VR.LO, "X1")
        .setString(Tag.RequestedProcedureDescription, VR.LO, "north");
  }

  private IndexedInstance instance(String study, String series, String sop, String patient) {
    UUID reception = ReceptionId.next();
    String digest =
        UUID.nameUUIDFromBytes(reception.toString().getBytes(StandardCharsets.US_ASCII))
            .toString()
            .replace("-", "")
            .repeat(2);
    return IndexedInstance.of(
        new ReceivedObject(
            "default",
            reception,
            study,
            series,
            sop,
            UID.CTImageStorage,
            UID.ExplicitVRLittleEndian,
            digest,
            500_000,
            1024,
            Instant.now(),
            patient),
        described(new Attributes())
            .setString(Tag.PatientID, patient)
            .setString(Tag.PatientName, "Doe^Jane")
            .setString(Tag.StudyDate, "20260102")
            .setString(Tag.Modality, "CT"),
        tags);
  }
}
