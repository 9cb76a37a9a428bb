package org.regionalpacs.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.data.VR;
import org.regionalpacs.test.IntegrationTest;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@IntegrationTest
class IndexWriterTest {
  private static final String TENANT = "default";

  @Autowired IndexWriter writer;
  @Autowired CountWriter counts;
  @Autowired PatientRepository patients;
  @Autowired StudyRepository studies;
  @Autowired SeriesRepository series;
  @Autowired InstanceRepository instances;
  @Autowired JdbcClient jdbc;

  private final String study = UID.generate();

  @Test
  void givenABatch_whenIndexed_thenEveryLevelIsThere() {
    IndexedInstance object =
        Sample.of(study).with(Tag.PatientName, "Müller^Jürgen").with(Tag.StudyTime, "0102").build();
    IndexResult result = writer.index(List.of(object));

    Study row = studies.findByTenantAndStudyUid(TENANT, study).orElseThrow();
    assertThat(row.studyDate()).isEqualTo("20260102");
    assertThat(row.studyTime()).isEqualTo("010200.000000");
    assertThat(row.attributes()).contains("\"0020000D\"").doesNotContain("00080005");
    Patient patient = patients.findByTenantAndPatientKey(TENANT, row.patientKey()).orElseThrow();
    assertThat(patient.patientId()).isEqualTo("P1");
    Series seriesRow =
        series.findByTenantAndStudyUidAndSeriesUid(TENANT, study, study + ".1").orElseThrow();
    assertThat(seriesRow.modality()).isEqualTo("CT");
    assertThat(seriesRow.seriesNumber()).hasValue(1);
    assertThat(seriesRow.changeNumber()).isEqualTo(1);
    Instance instance =
        instances
            .findByTenantAndStudyUidAndSeriesUidAndSopUid(
                TENANT, study, study + ".1", object.object().sop())
            .orElseThrow();
    assertThat(instance.instanceNumber()).hasValue(7);
    assertThat(instance.rows()).isEmpty();
    assertThat(instance.received()).isEqualTo(object.object().received());
    assertThat(result.series()).hasSize(1);
    assertThat(result.series().getFirst().changeNumber()).isEqualTo(1);
    assertThat(result.changed()).containsExactly(object);
  }

  @Test
  void givenAnIndexedBatch_whenItComesAgain_thenNothingChangesButItIsNamedAgain() {
    List<IndexedInstance> batch = objects(20);
    writer.index(batch);
    List<String> before = dump();
    IndexResult again = writer.index(batch);

    assertThat(dump()).isEqualTo(before);
    assertThat(again.changed()).isEmpty();
    assertThat(again.current()).containsExactlyInAnyOrderElementsOf(batch);
    assertThat(again.series().getFirst().changeNumber()).isEqualTo(1);
  }

  @Test
  void givenEightWritersOfOneStudyAndOnePatient_whenAllIndex_thenOneRowEachAndRightCounts()
      throws Exception {
    String other = UID.generate();
    List<Callable<Void>> work = new ArrayList<>();
    CountDownLatch start = new CountDownLatch(1);
    for (int thread = 0; thread < 8; thread++) {
      List<IndexedInstance> mine = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        mine.add(
            Sample.of(i % 10 == 0 ? other : study)
                .patient("shared-" + study)
                .series(study + "." + i % 7)
                .build());
      }
      Collections.shuffle(mine);
      work.add(() -> {
        start.await();
        for (int i = 0; i < mine.size(); i += 10) {
          writer.index(mine.subList(i, i + 10));
        }
        return null;
      });
    }
    work.add(() -> {
      start.await();
      for (int i = 0; i < 50; i++) {
        counts.recount(3);
      }
      return null;
    });
    inParallel(work, start);
    recountAll();

    Study row = studies.findByTenantAndStudyUid(TENANT, study).orElseThrow();
    assertThat(row.instanceCount()).isEqualTo(720);
    assertThat(row.seriesCount()).isEqualTo(7);
    assertThat(row.totalSize()).isEqualTo(720_000);
    assertThat(row.modalities()).containsExactly("CT");
    assertThat(row.sopClasses()).containsExactly(UID.CTImageStorage);
    assertThat(patients.findByTenantAndPatientId(TENANT, "shared-" + study)).hasSize(1);
    assertThat(studies.findByTenantAndPatientKey(TENANT, row.patientKey())).hasSize(2);
    assertThat(
            series.findByTenantAndStudyUidOrderBySeriesNumberAscSeriesUidAsc(TENANT, study).stream()
                .mapToInt(Series::instanceCount)
                .sum())
        .isEqualTo(720);
  }

  @Test
  void givenVersionsOfAnInstance_whenDeliveredInAnyOrder_thenTheEndIsTheSame() {
    List<int[]> orders =
        List.of(
            new int[] {0, 1, 2, 3},
            new int[] {3, 2, 1, 0},
            new int[] {2, 0, 3, 1},
            new int[] {1, 3, 0, 2});
    List<UUID> receptions = IntStream.range(0, 4).mapToObj(_ -> Sample.nextReception()).toList();
    int[] contents = {1, 2, 1, 1};
    for (int[] order : orders) {
      String sop = UID.generate();
      for (int version : order) {
        writer.index(
            List.of(
                Sample.of(study)
                    .sop(sop)
                    .digest(contents[version])
                    .reception(
                        new UUID(receptions.get(version).getMostSignificantBits(), sop.hashCode()))
                    .build()));
      }
      Instance current =
          instances
              .findByTenantAndStudyUidAndSeriesUidAndSopUid(TENANT, study, study + ".1", sop)
              .orElseThrow();
      // The last reception but one brought the content that is current; the last repeats it.
      assertThat(current.receptionId().getMostSignificantBits())
          .isEqualTo(receptions.get(2).getMostSignificantBits());
      assertThat(
              jdbc.sql(
                      "select count(*) from superseded_instance where sop_uid = ? and superseded_by = ?")
                  .params(sop, current.receptionId())
                  .query(Integer.class)
                  .single())
          .isEqualTo(3);
    }
  }

  @Test
  void givenAMessageIsInABatchTwice_whenIndexed_thenItCountsOnce() {
    IndexedInstance object = Sample.of(study).build();
    IndexedInstance again = Sample.of(study).sop(object.object().sop()).digest(2).build();

    writer.index(List.of(object, object));
    IndexResult result = writer.index(List.of(again, object, again, object));

    assertThat(result.current()).containsExactly(again);
    assertThat(writer.index(List.of(object, again, again)).changed()).isEmpty();
  }

  @Test
  void givenAllVersionsInOneBatch_whenIndexed_thenTheLastIsCurrent() {
    String sop = UID.generate();
    IndexedInstance first = Sample.of(study).sop(sop).digest(1).build();
    IndexedInstance second = Sample.of(study).sop(sop).digest(2).build();

    IndexResult result = writer.index(List.of(second, first, second));

    assertThat(result.current()).containsExactly(second);
    assertThat(result.series().getFirst().changeNumber()).isEqualTo(1);
  }

  @Test
  void givenSameContentReceivedAgain_whenIndexed_thenTheReceptionIdStays() {
    IndexedInstance first = Sample.of(study).build();
    writer.index(List.of(first));
    IndexResult again = writer.index(List.of(Sample.of(study).sop(first.object().sop()).build()));

    assertThat(again.current()).isEmpty();
    assertThat(again.series().getFirst().changeNumber()).isEqualTo(1);
    assertThat(
            instances.findByTenantAndSopUid(TENANT, first.object().sop()).getFirst().receptionId())
        .isEqualTo(first.object().receptionId());
  }

  @Test
  void givenAChangedVersion_whenIndexed_thenTheChangeNumberGrows() {
    IndexedInstance first = Sample.of(study).digest(1).build();
    writer.index(List.of(first));
    IndexResult result =
        writer.index(List.of(Sample.of(study).sop(first.object().sop()).digest(2).build()));

    assertThat(result.series().getFirst().changeNumber()).isEqualTo(2);
  }

  @Test
  void givenHostileValues_whenIndexed_thenTheyAreKeptWithoutHarm() {
    Attributes header =
        new Attributes()
            .setString(Tag.SpecificCharacterSet, "ISO_IR 192")
            .setString(
                Tag.PatientName, VR.PN, "A\0B'; drop table study; --\\\"^" + "x".repeat(70_000))
            .setString(Tag.PatientID, VR.LO, "I\0D" + "9".repeat(3000))
            .setString(Tag.StudyDate, VR.DA, "99999999")
            .setString(Tag.StudyDescription, VR.LO, "{\"\0\":[\\u0000,\"山田\"")
            .setString(Tag.SeriesNumber, VR.IS, "99999999999")
            .setString(Tag.InstanceNumber, VR.IS, "NaN")
            .setString(Tag.PatientWeight, VR.DS, "1e999999999")
            .setBytes(
                Tag.AccessionNumber, VR.SH, new byte[] {0, (byte) 0xED, (byte) 0xA0, 0x7F, 0x1B});
    writer.index(List.of(Sample.of(study).header(header).build()));

    Study row = studies.findByTenantAndStudyUid(TENANT, study).orElseThrow();
    assertThat(row.studyDate()).isEmpty();
    assertThat(row.attributes()).contains("99999999");
    Patient patient = patients.findByTenantAndPatientKey(TENANT, row.patientKey()).orElseThrow();
    assertThat(patient.name()).startsWith("AB'; drop table study");
    assertThat(
            series
                .findByTenantAndStudyUidAndSeriesUid(TENANT, study, study + ".1")
                .orElseThrow()
                .seriesNumber())
        .isEmpty();
  }

  @Test
  void givenNothingReadable_whenIndexed_thenWhatIntakeKnewIsThere() {
    writer.index(List.of(Sample.of(study).patient("known").header(new Attributes()).build()));

    Study row = studies.findByTenantAndStudyUid(TENANT, study).orElseThrow();
    assertThat(
            patients.findByTenantAndPatientKey(TENANT, row.patientKey()).orElseThrow().patientId())
        .isEqualTo("known");
  }

  @Test
  void givenNoPatientId_whenIndexed_thenEachStudyHasAPatientOfItsOwn() {
    String other = UID.generate();
    writer.index(
        List.of(Sample.of(study).patient("").build(), Sample.of(other).patient("").build()));

    assertThat(studies.findByTenantAndStudyUid(TENANT, study).orElseThrow().patientKey())
        .isNotEqualTo(studies.findByTenantAndStudyUid(TENANT, other).orElseThrow().patientKey());
  }

  @Test
  void givenAContradictingPatient_whenIndexed_thenTheStudyKeepsItsFirst() {
    writer.index(List.of(Sample.of(study).patient("first-" + study).build()));
    writer.index(List.of(Sample.of(study).patient("second-" + study).build()));

    Study row = studies.findByTenantAndStudyUid(TENANT, study).orElseThrow();
    assertThat(
            patients.findByTenantAndPatientKey(TENANT, row.patientKey()).orElseThrow().patientId())
        .isEqualTo("first-" + study);
    assertThat(patients.findByTenantAndPatientId(TENANT, "second-" + study)).isEmpty();
  }

  @Test
  void givenEmptyAttributes_whenALaterObjectHasThem_thenTheyAreFilledAndNothingElseChanges() {
    writer.index(List.of(Sample.of(study).with(Tag.StudyDescription, "first").build()));
    IndexResult result =
        writer.index(
            List.of(
                Sample.of(study)
                    .with(Tag.StudyDescription, "second")
                    .with(Tag.AccessionNumber, "A1")
                    .with(Tag.BodyPartExamined, "HEAD")
                    .build()));

    Study row = studies.findByTenantAndStudyUid(TENANT, study).orElseThrow();
    assertThat(row.accessionNumber()).isEqualTo("A1");
    assertThat(row.attributes()).contains("first", "A1").doesNotContain("second");
    assertThat(
            series
                .findByTenantAndStudyUidAndSeriesUid(TENANT, study, study + ".1")
                .orElseThrow()
                .attributes())
        .contains("HEAD");
    assertThat(result.series().getFirst().changeNumber()).isEqualTo(2);
  }

  @Test
  void givenAnInstanceThatVanished_whenRecounted_thenCountsFollow() {
    List<IndexedInstance> batch = objects(3);
    writer.index(batch);
    recountAll();
    assertThat(studies.findByTenantAndStudyUid(TENANT, study).orElseThrow().instanceCount())
        .isEqualTo(3);
    assertThat(counts.recount(100)).isZero();
  }

  private void recountAll() {
    while (counts.recount(100) > 0) {
      // until all is counted
    }
  }

  private List<IndexedInstance> objects(int count) {
    return IntStream.range(0, count).mapToObj(_ -> Sample.of(study).build()).toList();
  }

  private List<String> dump() {
    return jdbc.sql(
            """
            select p::text from patient p
            union all select s::text from study s where study_uid = :study
            union all select s::text from series s where study_uid = :study
            union all select i::text from instance i where study_uid = :study
            union all select v::text from superseded_instance v where study_uid = :study
            """)
        .param("study", study)
        .query(String.class)
        .list();
  }

  private static void inParallel(List<Callable<Void>> work, CountDownLatch start) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Void>> running = work.stream().map(threads::submit).toList();
      start.countDown();
      for (Future<Void> one : running) {
        one.get();
      }
    }
  }
}
