package org.regionalpacs.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;

class NodeTaskHoldTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  private final Tasks tasks = Tasks.open();
  private final NodeTaskClaims process = tasks.claims(LONG);

  @AfterEach
  void close() {
    tasks.jdbc.sql("truncate node_task_hold").update();
    tasks.close();
  }

  private Optional<ClaimedTask> begin() {
    return process.claim(Set.of(Tasks.KIND));
  }

  @Test
  void givenAHold_whenTasksWaitOrArePlanned_thenNoneIsBegunUntilItIsClosed() {
    tasks.plan("before");
    try (NodeTaskHold hold = tasks.hold(LONG)) {
      tasks.plan("meanwhile");

      assertThat(begin()).isEmpty();
      assertThat(hold.underWay()).isEmpty();
      hold.requireHeld();
    }
    assertThat(begin()).map(ClaimedTask::key).hasValue("before");
    assertThat(begin()).map(ClaimedTask::key).hasValue("meanwhile");
  }

  @Test
  void givenATaskThatWasBegunBefore_whenHeld_thenItIsUnderWayUntilItIsDone() {
    tasks.plan("a");
    ClaimedTask begun = begin().orElseThrow();
    try (NodeTaskHold hold = tasks.hold(LONG)) {
      assertThat(hold.underWay())
          .containsExactly(new NodeTaskHold.UnderWay(tasks.node.id(), Tasks.KIND, 1));

      process.done(begun, "{}");

      assertThat(hold.underWay()).isEmpty();
    }
  }

  /** Its process can't see the hold, and the holder can't see its task. */
  @Test
  void givenATaskThatIsBeingBegun_whenHeld_thenItIsWaitedForAndUnderWay() throws Exception {
    tasks.plan("a");
    CompletableFuture<NodeTaskHold> holding = new CompletableFuture<>();
    tasks
        .transaction()
        .executeWithoutResult(_ -> {
          assertThat(begin()).isPresent();
          Thread.ofPlatform().start(() -> holding.complete(tasks.hold(LONG)));
          await().until(() -> waiting() == 1);
        });

    try (NodeTaskHold hold = holding.get(30, TimeUnit.SECONDS)) {
      assertThat(hold.underWay()).hasSize(1);
    }
  }

  private int waiting() {
    return tasks
        .jdbc
        .sql("select count(*) from pg_locks where not granted and relation = 'node_task'::regclass")
        .query(Integer.class)
        .single();
  }

  @Test
  void givenAHolderThatLives_whenItsLeaseWouldEnd_thenItIsRenewed() {
    try (NodeTaskHold hold = tasks.hold(Duration.ofSeconds(6))) {
      String first = heldUntil();

      await().atMost(LONG).until(() -> !heldUntil().equals(first));

      hold.requireHeld();
    }
  }

  private String heldUntil() {
    return tasks
        .jdbc
        .sql("select held_until::text from node_task_hold")
        .query(String.class)
        .single();
  }

  @Test
  void givenAHolderThatDied_whenItsLeaseIsOver_thenTasksAreBegun() {
    tasks.plan("a");
    tasks
        .jdbc
        .sql("insert into node_task_hold values (true, gen_random_uuid(), now() + interval '3 s')")
        .update();
    assertThat(begin()).isEmpty();

    await().atMost(LONG).until(() -> begin().isPresent());
  }

  @Test
  void givenAHoldThatEnded_whenItsHolderComesBack_thenItIsLostAlthoughNobodyTookIt() {
    try (NodeTaskHold hold = tasks.hold(LONG)) {
      tasks.jdbc.sql("update node_task_hold set held_until = now()").update();

      assertThatThrownBy(hold::requireHeld).isInstanceOf(DataAccessResourceFailureException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"goes on", "ends it", "gives it back"})
  void givenAProcessThatWasSuspendedForLongerThanItsLease_whenItComesBack_thenTheHoldIsNoProof(
      String what) {
    tasks.plan("a");
    ClaimedTask begun = begin().orElseThrow();
    tasks.jdbc.sql("update node_task set lease_until = now() - interval '1 s'").update();
    try (NodeTaskHold hold = tasks.hold(LONG)) {
      assertThat(hold.underWay()).isEmpty();
      hold.requireHeld();

      switch (what) {
        case "goes on" -> process.renew();
        case "ends it" -> process.done(begun, "{}");
        default -> process.giveBack();
      }

      assertThatThrownBy(hold::requireHeld).isInstanceOf(DataAccessResourceFailureException.class);
    }
  }

  @Test
  void givenAHoldThatAnotherTook_whenTheFirstIsClosed_thenTheOtherHasItStill() {
    tasks.plan("a");
    NodeTaskHold first = tasks.hold(LONG);
    try (NodeTaskHold second = tasks.hold(LONG)) {
      assertThatThrownBy(first::requireHeld).isInstanceOf(DataAccessException.class);

      first.close();

      second.requireHeld();
      assertThat(begin()).isEmpty();
    }
  }
}
