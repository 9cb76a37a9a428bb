package org.regionalpacs.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.test.IntegrationTest;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

/** Sixteen writers at the same rows, and the counting beside them. */
@IntegrationTest
@TestPropertySource(properties = "spring.datasource.hikari.maximum-pool-size=18")
class IndexUnderLoadTest {
  private static final int WRITERS = 16;
  private static final int BATCHES = 12;
  private static final int BATCH = 10;

  @Autowired IndexWriter writer;
  @Autowired CountWriter counts;
  @Autowired LocationWriter locations;
  @Autowired StudyRepository studies;
  @Autowired PatientRepository patients;
  @Autowired JdbcClient jdbc;

  @Test
  void givenSixteenWritersOfOneStudy_whenAllIndex_thenNoDeadlockAndExactCountsWithinTwoSeconds()
      throws Exception {
    String study = UID.generate();

    write((writer, number) ->
        Sample.of(study).patient("P-" + study).series(study + "." + number % 7).build());

    assertThat(studies.findByTenantAndStudyUid("default", study).orElseThrow().instanceCount())
        .isEqualTo(WRITERS * BATCHES * BATCH);
    assertThat(patients.findByTenantAndPatientId("default", "P-" + study)).hasSize(1);
  }

  @Test
  void givenSixteenWritersOfOnePatientsStudies_whenAllIndex_thenNoDeadlockAndExactCounts()
      throws Exception {
    String patient = UID.generate();

    // Every writer has all studies, in an order of its own; some objects contradict and some are
    // received twice.
    List<String> all = IntStream.range(0, 20).mapToObj(_ -> UID.generate()).toList();
    write((writer, number) -> {
      Sample object = Sample.of(all.get((number * 7 + writer) % all.size())).patient(patient);
      if (number % 11 == 0) {
        object.with(Tag.PatientName, "Somebody^Else");
      }
      if (number % 13 == 0) {
        object.patient(patient + "." + writer);
      }
      return object.build();
    });

    int sum =
        all.stream()
            .map(study -> studies.findByTenantAndStudyUid("default", study).orElseThrow())
            .mapToInt(Study::instanceCount)
            .sum();
    assertThat(sum).isEqualTo(WRITERS * BATCHES * BATCH);
  }

  @Test
  void givenSixteenWritersOfTheSameObjects_whenAllIndex_thenEachIsThereOnceWithOneConflict()
      throws Exception {
    String study = UID.generate();
    List<IndexedInstance> same =
        IntStream.range(0, 2 * BATCH)
            .mapToObj(i -> {
              Sample object = Sample.of(study).patient("P-" + study).sop(study + ".9." + i % BATCH);
              return object.digest(i / BATCH).build();
            })
            .toList();

    write((writer, number) -> same.get(number % same.size()));

    assertThat(studies.findByTenantAndStudyUid("default", study).orElseThrow().instanceCount())
        .isEqualTo(BATCH);
    assertThat(
            jdbc.sql("select objects from conflict where study_uid = ?")
                .param(study)
                .query(Integer.class)
                .list())
        .hasSize(BATCH)
        .containsOnly(2);
  }

  private interface Objects {
    IndexedInstance of(int writer, int number);
  }

  private void write(Objects objects) throws Exception {
    long deadlocks = deadlocks();
    AtomicBoolean writing = new AtomicBoolean(true);
    CyclicBarrier start = new CyclicBarrier(WRITERS);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> counting =
          threads.submit(() -> {
            while (writing.get()) {
              counts.recount(5);
            }
          });
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        int number = i;
        running.add(
            threads.submit(() -> {
              start.await(2, TimeUnit.MINUTES);
              writeAll(number, objects);
              return null;
            }));
      }
      try {
        for (Future<?> each : running) {
          each.get(10, TimeUnit.MINUTES);
        }
      } finally {
        writing.set(false);
      }
      counting.get(2, TimeUnit.MINUTES);
    }
    // As webworker-service does it, a few times a second.
    await()
        .pollInterval(Duration.ofMillis(200))
        .atMost(Duration.ofSeconds(30))
        .until(() -> counts.recount(1000) == 0);
    assertThat(deadlocks()).isEqualTo(deadlocks);
  }

  private void writeAll(int writerNumber, Objects objects) {
    List<IndexedInstance> mine =
        new ArrayList<>(
            IntStream.range(0, BATCHES * BATCH)
                .mapToObj(number -> objects.of(writerNumber, number))
                .toList());
    Collections.shuffle(mine, new Random(writerNumber));
    for (int from = 0; from < mine.size(); from += BATCH) {
      List<IndexedInstance> batch = mine.subList(from, from + BATCH);
      locations.upsert(
          batch.stream()
              .map(IndexedInstance::object)
              .map(object ->
                  new LocationWriter.PlacedObject(
                      new ReceptionKey(
                          object.tenant(),
                          object.study(),
                          object.series(),
                          object.sop(),
                          object.receptionId()),
                      new ObjectLocation(ObjectLocation.ONLINE, "n", object.sop(), 0, 1)))
              .toList());
      writer.index(batch);
    }
  }

  /** Sessions report theirs when they are idle for a second. */
  private long deadlocks() {
    jdbc.sql("select pg_stat_force_next_flush()").query((row, _) -> "").list();
    return jdbc.sql("select deadlocks from pg_stat_database where datname = current_database()")
        .query(Long.class)
        .single();
  }
}
