package org.regionalpacs.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.regionalpacs.standalone.SeparateProduct;

/**
 * One run: starts the product on a folder of its own, breaks it while images come in, lets it
 * drain, and makes the ledger.
 */
final class ChaosRun {
  private static final int DISK_MEGABYTES = 512;
  private static final Duration HEALS_WITHIN = Duration.ofMinutes(3);
  private static final Duration DRAINS_WITHIN = Duration.ofMinutes(5);
  private static final int SHOWN = 50;

  private final ChaosPlan plan;
  private final Path data;
  private final FaultLog log = new FaultLog();
  private final Ledger ledger = new Ledger();

  ChaosRun(ChaosPlan plan, Path folder) {
    this.plan = plan;
    this.data = folder.resolve("data");
  }

  /** Runs it; the differences between what was promised and what is there. */
  List<String> run() throws Exception {
    log.say("%s in %s", plan, data);
    Files.createDirectories(data);
    Files.writeString(
        data.resolve("pacs.yml"),
        """
        pacs.intake:
          publish-timeout: %ds
          min-free: %dMB
        """
            .formatted(plan.publishTimeout().toSeconds(), SmallDisk.MARK));
    try (SmallDisk disk = SmallDisk.at(data.resolve("online"), DISK_MEGABYTES);
        SeparateProduct product = SeparateProduct.up(data)) {
      log.say("the product is up");
      boolean well = false;
      try {
        List<String> differences = run(product, disk);
        well = differences.isEmpty();
        return differences;
      } finally {
        if (!well) {
          disk.copyTo(data.resolve("online-kept"));
          System.out.println("Data folder and logs are kept in " + data);
        }
      }
    }
  }

  private List<String> run(SeparateProduct product, SmallDisk disk) throws Exception {
    StudyMaker studies = new StudyMaker(plan.seed());
    Workload load = new Workload(plan, studies, ledger);
    OurScu scu = new OurScu(product.dicomPort());
    Stow stow = new Stow(product.httpPort());
    try (CuttingProxy dicomProxy = CuttingProxy.to(product.dicomPort());
        CuttingProxy httpProxy = CuttingProxy.to(product.httpPort())) {
      load.start(scu);
      load.start(new OurScu(dicomProxy.port()));
      load.start(stow);
      load.start(new Stow(httpProxy.port()));
      if (DcmtkScu.installed()) {
        Path scratch = data.resolve("scratch");
        load.start(new DcmtkScu("storescu", dicomProxy.port(), scratch));
        load.start(new DcmtkScu("dcmsend", product.dicomPort(), scratch));
      }
      load.start(new Deleting(product.httpPort()));
      CutConnections cuts = new CutConnections(dicomProxy, httpProxy, scu, stow, studies, ledger);
      breakIt(new Faults(plan, product, disk, cuts, log), load);
    }
    return account(product, load, scu);
  }

  private void breakIt(Faults faults, Workload load) throws Exception {
    Thread watchdog =
        Thread.ofVirtual()
            .start(() -> {
              try {
                Thread.sleep(plan.longest());
                load.giveUp();
              } catch (InterruptedException e) {
                // In time.
              }
            });
    try {
      faults.happen(load);
      log.say("no more faults, %d instances sent", ledger.instances());
      load.finish();
    } catch (Exception | AssertionError e) {
      load.giveUp();
      throw e;
    } finally {
      watchdog.interrupt();
    }
  }

  private List<String> account(SeparateProduct product, Workload load, OurScu scu)
      throws Exception {
    Drain drain = new Drain(product, ledger);
    Optional<String> ill = drain.awaitHealth(HEALS_WITHIN);
    log.say("everything is well%s", ill.map(text -> " but " + text).orElse(""));
    load.sendTheRest(scu);
    log.say("all sent: %d instances", ledger.instances());
    Optional<String> behind = drain.await(DRAINS_WITHIN);
    log.say("drained%s", behind.map(text -> " but for " + text).orElse(""));
    Audit audit = Audit.of(product, ledger);
    List<String> differences = audit.differences();
    long deadLetters = DeadLetterCount.in(product.kafka());
    if (deadLetters > 0) {
      differences.add(deadLetters + " dead letters");
    }
    if (ledger.instances() < plan.instances()) {
      differences.add("only " + ledger.instances() + " instances sent in time");
    }
    ill.ifPresent(differences::add);
    behind.ifPresent(differences::add);
    report(audit, differences);
    return differences;
  }

  private void report(Audit audit, List<String> differences) throws IOException {
    StringBuilder text = new StringBuilder("\nLedger (seed " + plan.seed() + ")\n\n");
    text.append("%-10s".formatted("sendings"));
    for (Outcome outcome : Outcome.values()) {
      if (outcome != Outcome.UNSENT) {
        text.append(" %s %,d".formatted(outcome.name().toLowerCase(), ledger.count(outcome)));
      }
    }
    text.append("\n").append(audit.tally()).append("\n\n");
    text.append(differences.isEmpty() ? "No difference.\n" : differences.size() + " differences\n");
    differences.stream().limit(SHOWN).forEach(one -> text.append("  ").append(one).append('\n'));
    System.out.println(text);
    Files.writeString(data.resolve("ledger.txt"), log + "\n" + text);
  }
}
