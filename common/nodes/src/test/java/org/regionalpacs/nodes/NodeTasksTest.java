package org.regionalpacs.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NodeTasksTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Duration SHORT = Duration.ofSeconds(1);

  private final Tasks tasks = Tasks.open();

  @AfterEach
  void close() {
    tasks.close();
  }

  @Test
  void givenATask_whenPlannedAgainByItsKey_thenItIsDoneOnceAndItsResultIsKept() {
    assertThat(tasks.plan("a")).isTrue();
    assertThat(tasks.plan("a")).isFalse();
    AtomicInteger runs = new AtomicInteger();

    tasks.process(LONG, Tasks.handler(name -> name + runs.incrementAndGet()));

    await().until(() -> tasks.isDone("a"));
    assertThat(tasks.plan("a")).isFalse();
    assertThat(tasks.outcome("a").result()).hasValue("{\"greeting\": \"a1\"}");
    assertThat(tasks.planner.backlog(Tasks.KIND)).isEmpty();
  }

  @Test
  void givenTasksOfTwoNodesAndAKindNobodyKnows_whenProcessed_thenOnlyTheOwnAreTaken() {
    tasks.planner.plan(PlannedTask.now("other", Tasks.KIND, "a", new Tasks.Arguments("a")));
    tasks.planner.plan(PlannedTask.now(tasks.node.id(), "future", "a", new Tasks.Arguments("a")));
    tasks.plan("mine");

    tasks.process(LONG, Tasks.handler(name -> name));

    await().until(() -> tasks.isDone("mine"));
    assertThat(tasks.planner.outcome("other", Tasks.KIND, "a").orElseThrow().attempts()).isZero();
    assertThat(tasks.planner.outcome(tasks.node.id(), "future", "a").orElseThrow().attempts())
        .isZero();
    assertThat(tasks.planner.backlog(Tasks.KIND))
        .singleElement()
        .returns("other", NodeTaskPlanner.Backlog::node);
  }

  @Test
  void givenTwoProcessesOnOneRoot_whenTheyDoManyTasks_thenEachIsDoneOnce() {
    Map<String, Integer> runs = new ConcurrentHashMap<>();
    for (int i = 0; i < 60; i++) {
      tasks.plan("t" + i);
    }
    NodeTaskHandler<?, ?> counting = Tasks.handler(name -> "" + runs.merge(name, 1, Integer::sum));

    tasks.process(LONG, counting);
    tasks.process(LONG, counting);

    await().until(() -> tasks.planner.backlog(Tasks.KIND).isEmpty());
    assertThat(runs).hasSize(60);
    assertThat(Set.copyOf(runs.values())).containsExactly(1);
  }

  @Test
  void givenAHandlerThatFails_whenProcessed_thenItIsRepeatedAndStopsNoOther() {
    AtomicInteger runs = new AtomicInteger();
    tasks.plan("bad");
    tasks.plan("good");
    tasks.process(
        LONG,
        Tasks.handler(name -> {
          if (name.equals("bad") && runs.incrementAndGet() < 4) {
            throw new IllegalStateException("disk on \0fire");
          }
          return name;
        }));

    await().until(() -> tasks.isDone("good"));
    await().until(() -> tasks.outcome("bad").failure().isPresent() || tasks.isDone("bad"));
    await().until(() -> tasks.isDone("bad"));
    assertThat(tasks.outcome("bad").attempts()).isEqualTo(4);
    assertThat(tasks.outcome("bad").failure()).isEmpty();
  }

  @Test
  void givenAHandlerThatFailsForGood_whenLookedAt_thenTheCauseIsTold() {
    tasks.plan("bad");
    tasks.process(
        LONG,
        Tasks.handler(_ -> {
          throw new AssertionError("never works");
        }));

    await()
        .untilAsserted(() -> {
          assertThat(tasks.outcome("bad").failure())
              .hasValueSatisfying(cause -> assertThat(cause).contains("never works"));
          assertThat(tasks.planner.backlog(Tasks.KIND))
              .singleElement()
              .returns(1L, NodeTaskPlanner.Backlog::failing);
        });
  }

  @Test
  void givenAHandlerThatHangs_whenItsLimitIsOver_thenItIsInterruptedAndFailed() {
    tasks.plan("hanging");
    CountDownLatch never = new CountDownLatch(1);
    AtomicInteger interrupted = new AtomicInteger();
    tasks.process(
        LONG,
        Tasks.handler(
            Tasks.KIND,
            Duration.ofMillis(100),
            _ -> {
              try {
                return "" + never.await(1, TimeUnit.MINUTES);
              } catch (InterruptedException e) {
                interrupted.incrementAndGet();
                throw new IllegalStateException(e);
              }
            }));

    await().until(() -> tasks.outcome("hanging").failure().isPresent());
    assertThat(tasks.outcome("hanging").failure().orElseThrow()).contains("not done within");
    assertThat(interrupted.get()).isPositive();
  }

  @Test
  void givenAProcessThatDied_whenItsLeaseIsOver_thenAnotherTakesTheTask() {
    tasks.plan("orphan");
    ClaimedTask lost = tasks.claims(SHORT).claim(Set.of(Tasks.KIND)).orElseThrow();

    tasks.process(LONG, Tasks.handler(name -> name));

    assertThat(lost.attempt()).isEqualTo(1);
    await().until(() -> tasks.isDone("orphan"));
    assertThat(tasks.outcome("orphan").attempts()).isEqualTo(2);
  }

  @Test
  void givenATaskLongerThanItsLease_whenItsProcessLives_thenNobodyElseTakesIt() throws Exception {
    tasks.plan("long");
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    AtomicInteger runs = new AtomicInteger();
    NodeTaskHandler<?, ?> patient =
        Tasks.handler(name -> {
          runs.incrementAndGet();
          begun.countDown();
          try {
            return "" + go.await(2, TimeUnit.MINUTES);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
    // Renewed each third of it, which a busy machine does late.
    Duration lease = Duration.ofSeconds(4);
    tasks.process(lease, patient);
    tasks.process(lease, patient);
    assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();

    await().during(Duration.ofSeconds(6)).atMost(LONG).until(() -> runs.get() == 1);
    go.countDown();

    await().until(() -> tasks.isDone("long"));
    assertThat(tasks.outcome("long").attempts()).isEqualTo(1);
  }

  @Test
  void givenATaskTakenByAnother_whenTheFirstEndsLate_thenItsWordDoesNotCount() {
    tasks.plan("a");
    NodeTaskClaims slow = tasks.claims(Duration.ofMillis(1));
    ClaimedTask late = slow.claim(Set.of(Tasks.KIND)).orElseThrow();
    NodeTaskClaims other = tasks.claims(LONG);
    await().until(() -> other.claim(Set.of(Tasks.KIND)).isPresent());

    slow.done(late, "{}");
    slow.failed(late, "late");

    assertThat(tasks.isDone("a")).isFalse();
    assertThat(tasks.outcome("a").failure()).isEmpty();
  }

  @Test
  void givenAProcessThatStops_whenATaskIsUnderWay_thenItIsGivenBackAtOnce() throws Exception {
    tasks.plan("a");
    CountDownLatch begun = new CountDownLatch(1);
    NodeTaskExecutor stopping =
        tasks.process(
            LONG,
            Tasks.handler(_ -> {
              begun.countDown();
              try {
                return "" + new CountDownLatch(1).await(1, TimeUnit.MINUTES);
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            }));
    assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();

    stopping.stop();
    assertThat(tasks.isDone("a")).isFalse();
    tasks.process(LONG, Tasks.handler(name -> name));

    await().until(() -> tasks.isDone("a"));
  }

  @Test
  void givenADelay_whenPlanned_thenItIsNotDoneBefore() {
    tasks.planner.plan(
        new PlannedTask(tasks.node.id(), Tasks.KIND, "later", new Tasks.Arguments("x"), LONG));
    tasks.plan("now");

    tasks.process(LONG, Tasks.handler(name -> name));

    await().until(() -> tasks.isDone("now"));
    assertThat(tasks.outcome("later").attempts()).isZero();
  }

  @Test
  void givenADoneTask_whenForgotten_thenItsKeyCanBeUsedAgain() {
    tasks.plan("a");
    tasks.process(LONG, Tasks.handler(name -> name));
    await().until(() -> tasks.isDone("a"));

    assertThat(tasks.planner.forgetDone(Duration.ofHours(1))).isZero();
    assertThat(tasks.planner.forgetDone(Duration.ZERO)).isEqualTo(1);
    assertThat(tasks.plan("a")).isTrue();
  }
}
