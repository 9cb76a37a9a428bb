package org.regionalpacs.chaos;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.regionalpacs.standalone.SeparateProduct;

/** Breaks the product in turn, at random moments. */
final class Faults {
  private static final List<String> TARGETS =
      List.of("storescp", "consumer", "wado", "webworker", "kafka", "postgresql", "redis");
  private static final Duration COMES_BACK = Duration.ofMinutes(3);

  private final ChaosPlan plan;
  private final SeparateProduct product;
  private final SmallDisk disk;
  private final CutConnections cuts;
  private final FaultLog log;
  private final Random random;
  private final Optional<ArchiveFaults> archive;

  Faults(
      ChaosPlan plan,
      SeparateProduct product,
      SmallDisk disk,
      CutConnections cuts,
      ChaosArchive archive,
      FaultLog log) {
    this.plan = plan;
    this.product = product;
    this.disk = disk;
    this.cuts = cuts;
    this.log = log;
    this.random = new Random(plan.seed());
    this.archive =
        archive
            .cluster()
            .map(
                cluster -> new ArchiveFaults(cluster, plan.freeze(), log, new Random(plan.seed())));
  }

  private interface Fault {
    void happen() throws IOException, InterruptedException;
  }

  /**
   * Lets all of them happen, one after the other; some before the one before is mended.
   *
   * @param load rushes at the moment of each, and is told how far the faults are
   */
  void happen(Workload load) throws IOException, InterruptedException {
    List<Fault> faults = inRandomOrder();
    for (int i = 0; i < faults.size(); i++) {
      load.progress((i + 1.0) / faults.size());
      pause(1000, 4000);
      load.rush();
      pause(200, 1000);
      faults.get(i).happen();
    }
  }

  /** Kills in turn, each round in another order; between them the rest, once a round. */
  private List<Fault> inRandomOrder() {
    List<Fault> faults = new ArrayList<>();
    int kills = 0;
    while (kills < plan.kills()) {
      List<Fault> round = new ArrayList<>();
      List<String> targets = new ArrayList<>(TARGETS);
      Collections.shuffle(targets, random);
      for (String target : targets.subList(0, Math.min(targets.size(), plan.kills() - kills))) {
        round.add(() -> kill(target));
        kills++;
      }
      round.add(() -> freeze("kafka"));
      round.add(() -> freeze("postgresql"));
      round.add(this::fillTheDisk);
      round.add(() -> cuts.happen(log));
      archive.ifPresent(cluster -> {
        round.add(cluster::breakTransfers);
        round.add(cluster::restartAStorage);
        round.add(cluster::hangTheTracker);
      });
      Collections.shuffle(round, random);
      faults.addAll(round);
    }
    return faults;
  }

  private void kill(String target) throws InterruptedException {
    OptionalLong pid = awaitPid(target);
    signal("KILL", pid.getAsLong());
    boolean wait = random.nextInt(4) > 0;
    log.say("kill -9 %s (pid %d)%s", target, pid.getAsLong(), wait ? "" : ", and on at once");
    if (wait) {
      awaitPid(target);
      pause(500, 6000);
    }
  }

  /** The process that runs now, once the one that was killed has gone. */
  private OptionalLong awaitPid(String target) {
    return await(target + " comes back")
        .atMost(COMES_BACK)
        .until(
            () -> product.pid(target),
            pid ->
                pid.isPresent()
                    && ProcessHandle.of(pid.getAsLong())
                        .filter(ProcessHandle::isAlive)
                        .isPresent());
  }

  private void freeze(String target) throws InterruptedException {
    long pid = awaitPid(target).getAsLong();
    List<Long> frozen = signalAll("STOP", pid);
    log.say("SIGSTOP %s (pid %d) for %d s", target, pid, plan.freeze().toSeconds());
    try {
      Thread.sleep(plan.freeze());
    } finally {
      for (long each : frozen) {
        signal("CONT", each);
      }
      log.say("SIGCONT %s", target);
    }
  }

  private void fillTheDisk() throws IOException, InterruptedException {
    boolean brim = random.nextBoolean();
    log.say("disk of the online store: %s", disk.fill(brim));
    try {
      pause(2000, 5000);
    } finally {
      disk.free();
      log.say("disk of the online store: free again");
    }
  }

  private void pause(int least, int most) throws InterruptedException {
    Thread.sleep(least + random.nextInt(most - least));
  }

  /** Signals a process and those below it, such as PostgreSQL's one a connection. */
  static List<Long> signalAll(String signal, long pid) throws InterruptedException {
    List<Long> all = new ArrayList<>(List.of(pid));
    ProcessHandle.of(pid)
        .ifPresent(process -> process.descendants().forEach(below -> all.add(below.pid())));
    for (long each : all) {
      signal(signal, each);
    }
    return all;
  }

  static void signal(String signal, long pid) throws InterruptedException {
    try {
      Process kill = new ProcessBuilder("kill", "-" + signal, String.valueOf(pid)).start();
      kill.waitFor(10, TimeUnit.SECONDS);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
