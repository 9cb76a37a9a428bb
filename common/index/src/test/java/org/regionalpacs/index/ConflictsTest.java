package org.regionalpacs.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.test.IntegrationTest;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@IntegrationTest
class ConflictsTest {
  private static final String TENANT = "default";

  @Autowired IndexWriter writer;
  @Autowired Conflicts conflicts;
  @Autowired InstanceRepository instances;
  @Autowired PatientRepository patients;
  @Autowired StudyRepository studies;
  @Autowired JdbcClient jdbc;

  private final String study = UID.generate();

  @Test
  void givenAStudyOfOnePatient_whenObjectsNameAnother_thenAllAreKeptAndOneConflictIsListed() {
    writer.index(List.of(of(study).build()));
    List<IndexedInstance> wrong =
        IntStream.range(0, 3).mapToObj(_ -> of(study).patient("Q-" + study).build()).toList();

    IndexResult result = writer.index(wrong);
    writer.index(wrong);

    assertThat(result.conflicts()).isEqualTo(Map.of(ConflictKind.STUDY_PATIENT, 3));
    Conflict listed = only(study);
    assertThat(listed.kind()).isEqualTo(ConflictKind.STUDY_PATIENT);
    assertThat(listed.objects()).isEqualTo(3);
    assertThat(listed.receptionId()).isEqualTo(wrong.getFirst().object().receptionId());
    assertThat(listed.sop()).isEqualTo(wrong.getFirst().object().sop());
    assertThat(listed.differences())
        .isEqualTo(Map.of("PatientID", new Difference("P-" + study, "Q-" + study)));
    assertThat(indexed(study)).isEqualTo(4);
    assertThat(patients.findByTenantAndPatientId(TENANT, "Q-" + study)).isEmpty();
  }

  @Test
  void givenAKnownPatient_whenNameBirthDateOrSexDiffer_thenTheIndexStaysAndTheConflictIsListed() {
    writer.index(
        List.of(
            of(study).with(Tag.PatientBirthDate, "19700102").with(Tag.PatientSex, "F").build()));
    String later = UID.generate();
    IndexedInstance wrong =
        of(later)
            .patient("P-" + study)
            .with(Tag.PatientName, "Doe^John")
            .with(Tag.PatientBirthDate, "19700201")
            .with(Tag.PatientSex, "M")
            .build();

    writer.index(List.of(wrong));

    Conflict listed = only(later);
    assertThat(listed.kind()).isEqualTo(ConflictKind.PATIENT_ATTRIBUTES);
    assertThat(listed.differences())
        .isEqualTo(
            Map.of(
                "PatientName", new Difference("Doe^Jane", "Doe^John"),
                "PatientBirthDate", new Difference("19700102", "19700201"),
                "PatientSex", new Difference("F", "M")));
    Patient kept = patients.findByTenantAndPatientId(TENANT, "P-" + study).getFirst();
    assertThat(kept.name()).isEqualTo("Doe^Jane");
    assertThat(indexed(later)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "Doe^Jane, DOE^JANE^^^, false",
    "Müller^Jürgen, Muller^Jurgen, false",
    "Wang^XiaoDong=王^小东, Wang^XiaoDong, false",
    "Wang^XiaoDong=王^小东, =王^小东, false",
    "Wang^XiaoDong=王^小东, =王^小西, true",
    "Doe^Jane, '', false",
    "Doe^Jane, Doe ^ Jane, false",
    "Doe^Jane, Doe^Jane^B, true",
  })
  void namesContradictOnlyWhenTheyCannotBeOfOnePerson(
      String one, String other, boolean contradict) {
    assertThat(NameComparison.contradict(one, other)).isEqualTo(contradict);
    assertThat(NameComparison.contradict(other, one)).isEqualTo(contradict);
  }

  @Test
  void givenTheSameSopUidInOtherStudiesAndSeries_whenIndexed_thenAllAreKeptAndEachPlaceIsListed() {
    String sop = UID.generate();
    String other = UID.generate();
    writer.index(List.of(of(study).sop(sop).build()));
    List<IndexedInstance> elsewhere =
        List.of(of(study).sop(sop).series(study + ".2").build(), of(other).sop(sop).build());

    assertThat(writer.index(elsewhere).conflicts()).containsEntry(ConflictKind.SOP_ELSEWHERE, 3);
    assertThat(writer.index(elsewhere).conflicts()).isEmpty();

    assertThat(instances.findByTenantAndSopUid(TENANT, sop)).hasSize(3);
    assertThat(of(study, ConflictKind.SOP_ELSEWHERE)).hasSize(2);
    Conflict there = of(other, ConflictKind.SOP_ELSEWHERE).getFirst();
    assertThat(there.sop()).isEqualTo(sop);
    assertThat(there.objects()).isEqualTo(1);
    assertThat(there.differences())
        .isEqualTo(
            Map.of(
                "StudyInstanceUID",
                new Difference(study, other),
                "SeriesInstanceUID",
                new Difference(study + ".1\\" + study + ".2", other + ".1")));
  }

  @Test
  void givenTwoWritersThatDoNotSeeEachOther_whenBothIndexASopUid_thenItIsListedAllTheSame()
      throws Exception {
    for (int round = 0; round < 20; round++) {
      String sop = UID.generate();
      String left = UID.generate();
      String right = UID.generate();
      atOnce(
          () -> writer.index(List.of(of(left).sop(sop).build())),
          () -> writer.index(List.of(of(right).sop(sop).build())));

      assertThat(of(left, ConflictKind.SOP_ELSEWHERE)).hasSize(1);
      assertThat(of(right, ConflictKind.SOP_ELSEWHERE)).hasSize(1);
    }
  }

  @Test
  void givenTwoWritersOfANewStudy_whenTheyNameDifferentPatients_thenOneOwnsItAndNobodyIsOrphaned()
      throws Exception {
    for (int round = 0; round < 20; round++) {
      String shared = UID.generate();
      atOnce(
          () -> writer.index(List.of(of(shared).patient("A-" + shared).build())),
          () -> writer.index(List.of(of(shared).patient("B-" + shared).build())));

      assertThat(only(shared).kind()).isEqualTo(ConflictKind.STUDY_PATIENT);
      assertThat(
              patients.findByTenantAndPatientId(TENANT, "A-" + shared).size()
                  + patients.findByTenantAndPatientId(TENANT, "B-" + shared).size())
          .isEqualTo(1);
    }
  }

  @Test
  void givenAnotherContentUnderTheSameUids_whenIndexed_thenTheNewVersionIsListed() {
    IndexedInstance first = of(study).digest(1).build();
    writer.index(List.of(first));
    IndexedInstance same = of(study).sop(first.object().sop()).digest(1).build();
    assertThat(writer.index(List.of(same)).conflicts()).isEmpty();
    IndexedInstance second = of(study).sop(first.object().sop()).digest(2).build();

    writer.index(List.of(second));
    writer.index(List.of(first, same, second));

    Conflict listed = only(study);
    assertThat(listed.kind()).isEqualTo(ConflictKind.NEW_VERSION);
    assertThat(listed.objects()).isEqualTo(3);
    assertThat(listed.differences())
        .isEqualTo(Map.of("Digest", new Difference("02".repeat(32), "01".repeat(32))));
  }

  @Test
  void givenAConflictWithAnotherPatient_whenIndexed_thenNothingOfHerGetsIntoTheStudy() {
    writer.index(List.of(of(study).build()));
    writer.index(List.of(of(study).patient("Q-" + study).with(Tag.PatientAge, "099Y").build()));

    assertThat(studies.findByTenantAndStudyUid(TENANT, study).orElseThrow().attributes())
        .doesNotContain("099Y");
  }

  @Test
  void givenManyConflicts_whenListedByPages_thenEachComesOnceNewestFirst() {
    for (int i = 0; i < 7; i++) {
      IndexedInstance first = of(study).digest(1).build();
      writer.index(List.of(first, of(study).sop(first.object().sop()).digest(2).build()));
    }
    List<Conflict> all = new ArrayList<>();
    Optional<ConflictQuery.Position> after = Optional.empty();
    do {
      List<Conflict> page =
          conflicts.list(
              new ConflictQuery(
                  TENANT,
                  Optional.of(ConflictKind.NEW_VERSION),
                  Optional.of(study),
                  Optional.empty(),
                  after,
                  3));
      all.addAll(page);
      after =
          page.size() < 3
              ? Optional.empty()
              : Optional.of(
                  new ConflictQuery.Position(page.getLast().lastSeen(), page.getLast().id()));
    } while (after.isPresent());

    assertThat(all).hasSize(7);
    assertThat(new TreeSet<>(all.stream().map(Conflict::id).toList())).hasSize(7);
    assertThat(all).isSortedAccordingTo((a, b) -> b.lastSeen().compareTo(a.lastSeen()));
    assertThat(since(all.get(2).lastSeen())).hasSize(3);
    assertThat(conflicts.list(ConflictQuery.of("nobody", 10))).isEmpty();
  }

  @Test
  void givenADeletedConflict_thenWhatWasCountedGoesToo() {
    IndexedInstance first = of(study).digest(1).build();
    writer.index(List.of(first, of(study).sop(first.object().sop()).digest(2).build()));
    Conflict listed = only(study);

    jdbc.sql("delete from conflict where study_uid = ?").param(study).update();

    assertThat(
            jdbc.sql("select count(*) from conflict_object where conflict_id = ?")
                .param(listed.id())
                .query(Integer.class)
                .single())
        .isZero();
  }

  private static Sample of(String study) {
    return Sample.of(study).patient("P-" + study);
  }

  private long indexed(String of) {
    return jdbc.sql("select count(*) from instance where study_uid = ?")
        .param(of)
        .query(Long.class)
        .single();
  }

  private Conflict only(String of) {
    List<Conflict> listed = list(of, Optional.empty(), Optional.empty());
    assertThat(listed).hasSize(1);
    return listed.getFirst();
  }

  private List<Conflict> of(String of, ConflictKind kind) {
    return list(of, Optional.of(kind), Optional.empty());
  }

  private List<Conflict> since(Instant since) {
    return list(study, Optional.empty(), Optional.of(since));
  }

  private List<Conflict> list(String of, Optional<ConflictKind> kind, Optional<Instant> since) {
    return conflicts.list(
        new ConflictQuery(TENANT, kind, Optional.of(of), since, Optional.empty(), 100));
  }

  private static void atOnce(Runnable one, Runnable other) throws Exception {
    CyclicBarrier start = new CyclicBarrier(2);
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      List<Future<?>> running = new ArrayList<>();
      for (Runnable work : List.of(one, other)) {
        running.add(
            threads.submit(() -> {
              start.await(60, TimeUnit.SECONDS);
              work.run();
              return null;
            }));
      }
      for (Future<?> each : running) {
        each.get(30, TimeUnit.SECONDS);
      }
    }
  }
}
