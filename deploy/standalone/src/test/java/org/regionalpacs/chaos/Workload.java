package org.regionalpacs.chaos;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Senders that never rest: each takes a handful of objects at a time, new ones and some again, and
 * sends them one way. As a modality does, they send again what wasn't accepted, but not always.
 */
final class Workload {
  private static final int MOST_AT_ONCE = 10;
  private static final double REPEATED = 0.05;
  private static final double OTHER_VERSION = 0.03;
  private static final double DELETED = 0.04;
  private static final double GIVEN_UP = 0.15;

  /** A sender that is ahead of the faults slows down to this. */
  private static final long AHEAD_MILLIS = 3000;

  private static final Duration RUSH = Duration.ofMillis(1500);

  private final ChaosPlan plan;
  private final StudyMaker studies;
  private final Ledger ledger;
  private final Random random;
  private final Deque<SentObject> again = new ArrayDeque<>();
  private final Deque<SentObject> deletions = new ArrayDeque<>();
  private final List<Thread> senders = new ArrayList<>();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private volatile double wanted;
  private volatile long rushEnd = System.nanoTime();
  private volatile boolean ending;

  Workload(ChaosPlan plan, StudyMaker studies, Ledger ledger) {
    this.plan = plan;
    this.studies = studies;
    this.ledger = ledger;
    this.random = new Random(plan.seed() + 1);
  }

  /** Starts a sender. */
  void start(Way way) {
    senders.add(Thread.ofVirtual().name(way.name()).start(() -> send(way)));
  }

  /** Starts somebody who deletes a few of the accepted ones; half of these are then sent again. */
  void start(Deleting deleting) {
    senders.add(Thread.ofVirtual().name("deletions").start(() -> delete(deleting)));
  }

  private void delete(Deleting deleting) {
    try {
      while (!ending) {
        Optional<SentObject> next = nextDeletion();
        if (next.isPresent()) {
          Way.Result result = deleting.delete(next.get());
          ledger.record(next.get(), "DELETE", result.outcome(), result.detail());
          afterDeletion(next.get());
        }
        Thread.sleep(100);
      }
    } catch (InterruptedException e) {
      // The run is given up.
    }
  }

  private synchronized Optional<SentObject> nextDeletion() {
    // Not at once: what was stored within a second before may outlive it (clock tolerance).
    return deletions.size() > 4 ? Optional.of(deletions.poll()) : Optional.empty();
  }

  private synchronized void afterDeletion(SentObject object) {
    if (random.nextBoolean()) {
      again.add(object);
    }
  }

  /** How many of the instances should have been sent by now, 0 to 1. */
  void progress(double share) {
    wanted = share * plan.instances();
  }

  /** All senders send as fast as they can for a moment: a fault then meets much under way. */
  void rush() {
    rushEnd = System.nanoTime() + RUSH.toNanos();
  }

  private void send(Way way) {
    try {
      while (!ending || ledger.instances() < plan.instances()) {
        sendSome(way, some());
        for (long waited = 0; waited < AHEAD_MILLIS && ahead(); waited += 50) {
          Thread.sleep(50);
        }
      }
    } catch (InterruptedException e) {
      // The run is given up.
    } catch (RuntimeException e) {
      failure.compareAndSet(null, e);
    }
  }

  private boolean ahead() {
    return !ending && System.nanoTime() > rushEnd && ledger.instances() > wanted;
  }

  private synchronized List<SentObject> some() {
    List<SentObject> some = new ArrayList<>();
    int count = 1 + random.nextInt(MOST_AT_ONCE);
    while (some.size() < count) {
      SentObject next = random.nextInt(3) > 0 && !again.isEmpty() ? again.poll() : studies.next();
      some.add(next);
    }
    return some;
  }

  private void sendSome(Way way, List<SentObject> objects) throws InterruptedException {
    List<Way.Result> results = way.send(objects);
    boolean refused = true;
    for (int i = 0; i < objects.size(); i++) {
      Way.Result result = results.get(i);
      ledger.record(objects.get(i), way.name(), result.outcome(), result.detail());
      plan(objects.get(i), result.outcome());
      refused &= result.outcome() != Outcome.ACCEPTED;
    }
    if (refused) {
      // Something is down: as every sender does, wait before the next attempt.
      Thread.sleep(300);
    }
  }

  private synchronized void plan(SentObject object, Outcome outcome) {
    double chance = random.nextDouble();
    switch (outcome) {
      case ACCEPTED -> {
        if (chance < REPEATED) {
          again.add(object);
        } else if (chance < REPEATED + OTHER_VERSION) {
          again.add(studies.otherVersion(object));
        } else if (chance < REPEATED + OTHER_VERSION + DELETED) {
          deletions.add(object);
        }
      }
      case UNSENT -> again.add(object);
      case REFUSED, UNKNOWN -> {
        if (chance >= GIVEN_UP) {
          again.add(object);
        }
      }
      case CUT, DELETED, PERHAPS_DELETED -> {}
    }
  }

  /** Waits until as many are sent as the plan says. */
  void finish() throws InterruptedException {
    ending = true;
    for (Thread sender : senders) {
      sender.join();
    }
    if (failure.get() != null) {
      throw new IllegalStateException("a sender failed", failure.get());
    }
  }

  /** Sends what is still to be sent again; everything is well now, so all of it is accepted. */
  void sendTheRest(Way way) throws InterruptedException {
    List<SentObject> rest;
    synchronized (this) {
      rest = new ArrayList<>(again);
      again.clear();
    }
    List<Way.Result> results = way.send(rest);
    for (int i = 0; i < rest.size(); i++) {
      Way.Result result = results.get(i);
      ledger.record(rest.get(i), way.name(), result.outcome(), result.detail());
      if (result.outcome() != Outcome.ACCEPTED) {
        throw new AssertionError(
            "nothing is broken any more, but " + rest.get(i).sop() + " got " + result);
      }
    }
  }

  void giveUp() {
    senders.forEach(Thread::interrupt);
  }
}
