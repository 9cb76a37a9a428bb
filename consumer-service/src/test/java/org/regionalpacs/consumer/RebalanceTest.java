package org.regionalpacs.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.index.CountWriter;
import org.regionalpacs.messages.StorageMessage;
import org.regionalpacs.test.SampleObjects;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.kafka.listener.MessageListenerContainer;

/** Consumers come, go and die while they work; messages come twice and in any order. */
class RebalanceTest extends RunningConsumers {
  private static final Duration LONG = Duration.ofMinutes(4);

  @Autowired CountWriter counts;

  @Test
  void givenProcessesThatJoinAndAreKilledMidWay_whenAllIsDone_thenEachObjectIsThereOnce()
      throws Exception {
    List<SampleObjects> studies =
        IntStream.range(0, 12).mapToObj(_ -> SampleObjects.newStudy()).toList();

    for (int round = 0; round < 2; round++) {
      ConsumerProcess other = new ConsumerProcess();
      try {
        studies.forEach(study -> send(intake.accept(study, 5)));
        await().atMost(LONG).until(() -> members("indexer") > 2);
        // With the partitions shared, it is killed while it has work.
        studies.forEach(study -> send(intake.accept(study, 5)));
      } finally {
        other.kill();
      }
    }

    for (SampleObjects study : studies) {
      await()
          .atMost(LONG)
          .untilAsserted(() -> {
            assertThat(indexed(study)).hasSize(20).doesNotHaveDuplicates();
            assertThat(archived(study)).hasSize(20).doesNotHaveDuplicates();
            assertThat(inWarehouse("dicom_image_meta", study)).isEqualTo(20);
            assertThat(inWarehouse("dicom_state_meta", study)).isEqualTo(1);
          });
    }
    await().atMost(LONG).until(() -> lag("indexer") == 0 && lag("archiver") == 0);
    assertThat(studies).allSatisfy(study -> assertThat(deadLetters(study)).isEmpty());
    assertThat(studies.stream().mapToLong(this::versions).sum()).isZero();
  }

  @Test
  void givenAStormOfRepeatsInAnyOrder_whenAllIsDone_thenTheRowsAreThoseOfOneDelivery()
      throws Exception {
    Random random = new Random(4);
    List<SampleObjects> studies =
        IntStream.range(0, 6).mapToObj(_ -> SampleObjects.newStudy()).toList();
    List<StorageMessage> messages = new ArrayList<>();
    for (SampleObjects study : studies) {
      messages.addAll(intake.accept(study, 8));
    }
    List<StorageMessage> storm = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      storm.addAll(messages);
    }
    Collections.shuffle(storm, random);
    for (int from = 0; from < storm.size(); from += 48) {
      send(storm.subList(from, Math.min(storm.size(), from + 48)));
      if (from % 96 == 0) {
        listeners.getListenerContainers().forEach(MessageListenerContainer::stop);
        listeners.getListenerContainers().forEach(MessageListenerContainer::start);
      }
    }
    awaitNoLag();

    for (SampleObjects study : studies) {
      assertThat(indexed(study)).hasSize(8).doesNotHaveDuplicates();
      assertThat(archived(study)).hasSize(8).doesNotHaveDuplicates();
      assertThat(versions(study)).isZero();
      assertThat(deadLetters(study)).isEmpty();
    }
  }

  @Test
  void givenSixteenSendersOfOnePatientAndOneStudy_whenIndexed_thenNoDeadlockAndExactCounts()
      throws Exception {
    long deadlocks = deadlocks();
    SampleObjects shared = SampleObjects.newStudy();
    List<SampleObjects> ofOnePatient =
        IntStream.range(0, 16)
            .mapToObj(_ -> {
              SampleObjects other = SampleObjects.newStudy();
              return new SampleObjects(
                  shared.patientId(), shared.patientName(), other.studyUid(), other.seriesUid());
            })
            .toList();
    List<Thread> senders = new ArrayList<>();
    for (SampleObjects own : ofOnePatient) {
      senders.add(
          Thread.ofVirtual()
              .start(() -> {
                for (int i = 1; i <= 10; i++) {
                  Attributes image = shared.newSeries().image(i);
                  image.setString(Tag.Modality, i % 2 == 0 ? "CT" : "SR");
                  send(List.of(intake.accept(image), intake.accept(own.image(i))));
                }
              }));
    }
    for (Thread sender : senders) {
      assertThat(sender.join(LONG)).isTrue();
    }
    await().atMost(LONG).until(() -> indexed(shared).size() == 160);
    for (SampleObjects own : ofOnePatient) {
      await().atMost(LONG).until(() -> indexed(own).size() == 10);
    }

    // As webworker-service does it, a few times a second.
    await()
        .pollInterval(Duration.ofMillis(200))
        .atMost(LONG)
        .until(() -> counts.recount(1000) == 0);
    assertThat(
            jdbc.sql(
                    "select instance_count || ' ' || modalities::text from study where study_uid = ?")
                .param(shared.studyUid())
                .query(String.class)
                .single())
        .isEqualTo("160 {CT,SR}");
    assertThat(
            jdbc.sql("select count(*) from patient where patient_id = ?")
                .param(shared.patientId())
                .query(Long.class)
                .single())
        .isEqualTo(1);
    assertThat(deadlocks()).isEqualTo(deadlocks);
  }

  private long versions(SampleObjects study) {
    return jdbc.sql("select count(*) from superseded_instance where study_uid = ?")
        .param(study.studyUid())
        .query(Long.class)
        .single();
  }

  private long deadlocks() {
    jdbc.sql("select pg_stat_force_next_flush()").query((row, _) -> "").list();
    return jdbc.sql("select deadlocks from pg_stat_database where datname = current_database()")
        .query(Long.class)
        .single();
  }

  private int members(String group) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.getBootstrapServers()))) {
      return admin
          .describeConsumerGroups(List.of(group))
          .all()
          .get(60, TimeUnit.SECONDS)
          .get(group)
          .members()
          .size();
    }
  }

  /** The service in a process of its own, on the same database, topics and folders. */
  private final class ConsumerProcess {
    private final Process process;

    ConsumerProcess() throws IOException {
      List<String> line =
          new ArrayList<>(
              List.of(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx256m",
                  "-XX:+UseSerialGC",
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  System.getProperty("java.class.path"),
                  ConsumerApplication.class.getName(),
                  "--spring.config.name=application,consumer",
                  "--spring.datasource.url=" + database.getJdbcUrl(),
                  "--spring.datasource.username=" + database.getUsername(),
                  "--spring.datasource.password=" + database.getPassword(),
                  "--spring.kafka.bootstrap-servers="
                      + String.join(",", kafka.getBootstrapServers()),
                  "--server.port=0"));
      for (String folder : List.of("online", "archive", "derived")) {
        line.add("--pacs." + folder + ".root=" + FOLDER.resolve(folder));
      }
      process =
          new ProcessBuilder(line)
              .redirectErrorStream(true)
              .redirectOutput(FOLDER.resolve("other.log").toFile())
              .start();
    }

    /** As kill -9 does. */
    void kill() throws InterruptedException {
      process.destroyForcibly();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }
  }
}
