package org.regionalpacs.webworker.eviction;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.nodes.NodeTaskPlanner;
import org.regionalpacs.test.IntegrationTest;
import org.regionalpacs.webworker.WebWorkerApplication;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@IntegrationTest
@DirtiesContext
@TestPropertySource(
    properties = {
      "spring.config.name=" + WebWorkerApplication.CONFIG_NAME,
      "pacs.eviction.poll=1h",
      "pacs.reconcile.interval=0s"
    })
class EvictionPlanningTest {
  private static final long KB = 1000;
  private static final Duration WEEK = Duration.ofDays(7);

  @TempDir static Path folder;

  @Autowired JdbcClient jdbc;
  @Autowired PlatformTransactionManager transactions;
  @Autowired EvictionPlanProperties defaults;

  private final String node = UUID.randomUUID().toString();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private EvictionPlanning planning;

  @DynamicPropertySource
  static void folders(DynamicPropertyRegistry properties) {
    for (String each : List.of("online", "archive", "derived")) {
      properties.add("pacs." + each + ".root", () -> folder.resolve(each));
    }
  }

  @BeforeEach
  void empty() {
    for (String table : List.of("online_node", "online_study", "study_pin", "node_task")) {
      jdbc.sql("delete from " + table).update();
    }
    planning = planning(Duration.ZERO, true);
  }

  @Test
  void givenNothingIsSet_whenStarted_thenTheseAreTheDefaults() {
    assertThat(defaults.enabled()).isTrue();
    assertThat(defaults.low().of(1000)).isEqualTo(100);
    assertThat(defaults.target().of(1000)).isEqualTo(150);
    assertThat(defaults.minAge()).isEqualTo(WEEK);
    assertThat(defaults.maxAge()).isZero();
  }

  @Test
  void givenANodeShortOfRoom_whenPlanned_thenTheLongestUnusedGoUntilTheTargetIsReached() {
    String newer = study("20 d", 30 * KB);
    String oldest = study("40 d", 30 * KB);
    String young = study("6 d", 30 * KB);
    room(90 * KB, 1000 * KB);

    planning.turn();

    assertThat(evicted()).containsExactly(oldest, newer);
    assertThat(evicted()).doesNotContain(young);
    planning.turn();
    assertThat(tasks("evict-studies")).as("one at a time").isEqualTo(1);
    done();
    planning.turn();
    assertThat(tasks("evict-studies")).as("what was planned rests").isEqualTo(1);
    assertThat(planning.shortOfRoom()).isEqualTo(1);
    jdbc.sql("update online_study set queued = queued - interval '25 h'").update();
    planning.turn();
    assertThat(tasks("evict-studies")).isEqualTo(2);
    assertThat(planning.shortOfRoom()).isZero();
  }

  @Test
  void givenEnoughGoes_whenPlanned_thenTheOthersStay() {
    String oldest = study("40 d", 60 * KB);
    study("20 d", 30 * KB);
    room(90 * KB, 1000 * KB);

    planning.turn();

    assertThat(evicted()).containsExactly(oldest);
  }

  @Test
  void givenEnoughRoom_whenPlanned_thenAllStay() {
    study("400 d", 60 * KB);
    room(100 * KB, 1000 * KB);

    planning.turn();

    assertThat(tasks("evict-studies")).isZero();
  }

  @Test
  void givenAnAge_whenPlanned_thenWhatIsOlderGoesWhateverIsFree() {
    String old = study("31 d", 60 * KB);
    study("29 d", 60 * KB);
    room(900 * KB, 1000 * KB);

    planning(Duration.ofDays(30), true).turn();

    assertThat(evicted()).containsExactly(old);
  }

  @Test
  void givenPinnedAndColdStudies_whenPlanned_thenTheyAreLeftOut() {
    pin(study("40 d", 60 * KB));
    String cold = study("40 d", 60 * KB);
    jdbc.sql("update online_study set online = false where study_uid = ?").param(cold).update();
    room(1 * KB, 1000 * KB);

    planning.turn();

    assertThat(tasks("evict-studies")).isZero();
  }

  @Test
  void givenANodeThatIsAway_whenPlanned_thenItIsNotAsked() {
    study("40 d", 60 * KB);
    room(1 * KB, 1000 * KB);
    jdbc.sql("update online_node set seen = now() - interval '10 minutes'").update();

    planning.turn();

    assertThat(tasks("evict-studies")).isZero();
  }

  @Test
  void givenEvictingIsSwitchedOff_whenPlanned_thenNothingGoes() {
    study("40 d", 60 * KB);
    room(1 * KB, 1000 * KB);

    planning(properties(false, Duration.ZERO, true)).turn();

    assertThat(tasks("evict-studies")).isZero();
  }

  @Test
  void givenATaskThatIsStuck_whenPlanned_thenOthersGoBesideIt() {
    study("40 d", 60 * KB);
    room(1 * KB, 1000 * KB);
    planning.turn();
    jdbc.sql("update node_task set attempts = 20").update();
    study("40 d", 60 * KB);

    planning.turn();

    assertThat(tasks("evict-studies")).isEqualTo(2);
  }

  @Test
  void givenSeveralWebworkers_whenTheyPlanAtOnce_thenThereIsOneTask() throws Exception {
    study("40 d", 60 * KB);
    study("40 d", 60 * KB);
    room(1 * KB, 1000 * KB);
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<?>> turns = new ArrayList<>();
      IntStream.range(0, 8)
          .forEach(_ -> turns.add(threads.submit(() -> planning(Duration.ZERO, true).turn())));
      for (Future<?> turn : turns) {
        turn.get();
      }
    }
    assertThat(tasks("evict-studies")).isEqualTo(1);
  }

  @Test
  void givenAWantedStudy_whenThereIsRoom_thenItIsBroughtBackOnce() {
    String wanted = wanted(study("1 d", 0), 100 * KB);
    room(250 * KB, 1000 * KB);

    planning.turn();
    jdbc.sql("update online_study set wanted = now()").update();
    planning.turn();

    assertThat(tasks("bring-back")).isEqualTo(1);
    assertThat(jdbc.sql("select arguments ->> 'study' from node_task").query(String.class).single())
        .isEqualTo(wanted);
    done();
    jdbc.sql("update online_study set wanted = now()").update();
    planning.turn();
    assertThat(
            jdbc.sql("select count(*) from node_task where done_at is null")
                .query(Integer.class)
                .single())
        .isEqualTo(1);
  }

  @Test
  void givenWantedStudies_whenThereIsNoRoomForAll_thenOnlyForSome() {
    wanted(study("1 d", 0), 100 * KB);
    wanted(study("1 d", 0), 100 * KB);
    room(300 * KB, 1000 * KB);

    planning.turn();

    assertThat(tasks("bring-back")).isEqualTo(1);
    assertThat(
            jdbc.sql("select count(*) from online_study where wanted is not null")
                .query(Integer.class)
                .single())
        .isZero();
    assertThat(meters.counter("pacs.eviction.not.brought.back").count()).isEqualTo(1);
  }

  /** The node tells of its room when a task has ended, not when one was planned. */
  @Test
  void givenAStudyThatIsStillToComeBack_whenAnotherIsWanted_thenTheRoomOfBothIsNeeded() {
    wanted(study("1 d", 0), 100 * KB);
    room(300 * KB, 1000 * KB);
    planning.turn();
    wanted(study("1 d", 0), 100 * KB);

    planning.turn();

    assertThat(tasks("bring-back")).isEqualTo(1);
    assertThat(meters.counter("pacs.eviction.not.brought.back").count()).isEqualTo(1);
  }

  @Test
  void givenAPinnedStudyIsWanted_whenThereIsLittleRoom_thenItIsTriedAllTheSame() {
    pin(wanted(study("1 d", 0), 100 * KB));
    room(50 * KB, 1000 * KB);

    planning(properties(true, Duration.ZERO, false)).turn();

    assertThat(tasks("bring-back")).isEqualTo(1);
  }

  @Test
  void givenBringingBackIsSwitchedOff_whenWanted_thenNothingComes() {
    wanted(study("1 d", 0), 100 * KB);
    room(900 * KB, 1000 * KB);

    planning(Duration.ZERO, false).turn();

    assertThat(tasks("bring-back")).isZero();
  }

  @Test
  void givenItIsWantedLater_whenPlanned_thenNotYet() {
    wanted(study("1 d", 0), 100 * KB);
    jdbc.sql("update online_study set wanted = now() + interval '1 minute'").update();
    room(900 * KB, 1000 * KB);

    planning.turn();

    assertThat(tasks("bring-back")).isZero();
  }

  private EvictionPlanning planning(Duration maxAge, boolean bringBack) {
    return planning(properties(true, maxAge, bringBack));
  }

  private EvictionPlanning planning(EvictionPlanProperties properties) {
    return new EvictionPlanning(
        new EvictionQueue(jdbc),
        new TransactionTemplate(transactions),
        new NodeTaskPlanner(jdbc),
        properties,
        meters);
  }

  private static EvictionPlanProperties properties(
      boolean enabled, Duration maxAge, boolean bringBack) {
    return new EvictionPlanProperties(
        enabled,
        Duration.ofSeconds(30),
        FreeMark.valueOf("10%"),
        FreeMark.valueOf("15%"),
        maxAge,
        WEEK,
        20,
        Duration.ofDays(1),
        bringBack,
        Duration.ofMinutes(5));
  }

  /** A study of one file that was used so long ago. */
  private String study(String unusedFor, long bytes) {
    String study = UID.generate();
    UUID reception = UUID.randomUUID();
    jdbc.sql(
            """
            insert into instance (tenant, study_uid, series_uid, sop_uid, reception_id, sop_class,
              transfer_syntax, digest, size, data_set_offset, received)
            values ('default', ?, '1.2', '1.2.3', ?, '', '', '', ?, 0, now())
            """)
        .params(study, reception, bytes)
        .update();
    jdbc.sql(
            """
            insert into location (tenant, reception_id, store, node, blob_id, blob_length, state)
            values ('default', ?, 'online', ?, 'a.dcm', ?, 'available')
            """)
        .params(reception, node, bytes)
        .update();
    jdbc.sql(
            """
            insert into online_study (tenant, study_uid, node, used, queued)
            select 'default', ?, ?, t, t from (select now() - cast(? as interval) as t) u
            """)
        .params(study, node, unusedFor)
        .update();
    return study;
  }

  private String wanted(String study, long bytes) {
    jdbc.sql(
            """
            update online_study
               set wanted = now(), evicted_objects = 1, evicted_bytes = ?, online = false
             where study_uid = ?
            """)
        .params(bytes, study)
        .update();
    return study;
  }

  private void pin(String study) {
    jdbc.sql("insert into study_pin (tenant, study_uid, reason) values ('default', ?, '')")
        .param(study)
        .update();
  }

  private void room(long free, long total) {
    jdbc.sql(
            """
            insert into online_node (node, seen, free_bytes, total_bytes, space_at)
            values (?, now(), ?, ?, now())
            """)
        .params(node, free, total)
        .update();
  }

  private void done() {
    jdbc.sql("update node_task set done_at = now()").update();
  }

  private int tasks(String kind) {
    return jdbc.sql("select count(*) from node_task where kind = ?")
        .param(kind)
        .query(Integer.class)
        .single();
  }

  private List<String> evicted() {
    return jdbc.sql(
            """
            select s ->> 'study'
              from node_task, jsonb_array_elements(arguments -> 'studies') with ordinality e (s, n)
             order by n
            """)
        .query(String.class)
        .list();
  }
}
