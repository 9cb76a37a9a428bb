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
  private static final Duration HEALS_WITHIN = Duration.ofMinutes(20);
  private static final Duration DRAINS_WITHIN = Duration.ofMinutes(20);
  private static final int SHOWN = 50;

  private final ChaosPlan plan;
  private final Path data;
  private final FaultLog log = new FaultLog();
  private final Ledger ledger = new Ledger();
  private String tally = "";

  ChaosRun(ChaosPlan plan, Path folder) {
    this.plan = plan;
    this.data = folder.resolve("data");
  }

  /** Runs it; the differences between what was promised and what is there. */
  List<String> run() throws Exception {
    log.say("%s in %s", plan, data);
    Files.createDirectories(data);
    Files.writeString(data.resolve("pacs.yml"), settings());
    try (SmallDisk disk = SmallDisk.at(data.resolve("online"), DISK_MEGABYTES);
        ChaosArchive archive = ChaosArchive.start(plan.archive(), data);
        SeparateProduct product = SeparateProduct.up(data, archive.options())) {
      log.say("the product is up");
      boolean well = false;
      try {
        List<String> differences = run(product, disk, archive);
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

  /**
   * Every study that nobody used for a moment is evicted, slowly, so that there is always an
   * eviction to be broken off; what is read comes back.
   */
  private String settings() {
    return """
    pacs:
      intake:
        publish-timeout: %ds
        min-free: %dMB
      fastdfs:
        io-timeout: 2s
        deadline: 10s
      node-tasks.lease: 5s
      deletions.orphans: 1s
      eviction:
        poll: 500ms
        low: 20%%
        target: 25%%
        max-age: 1s
        min-age: 0s
        retry: 2s
        batch: 5
        read-rate: 1MB
        access-flush: 200ms
        access-interval: 0s
    """
        .formatted(plan.publishTimeout().toSeconds(), SmallDisk.MARK);
  }

  private List<String> run(SeparateProduct product, SmallDisk disk, ChaosArchive archive)
      throws Exception {
    StudyMaker studies = new StudyMaker(plan.seed());
    Workload load = new Workload(plan, studies, ledger);
    OurScu scu = new OurScu(product.dicomPort());
    Stow stow = new Stow(product.httpPort());
    Reading reading = Reading.start(product.httpPort(), ledger, plan.seed());
    try (reading;
        CuttingProxy dicomProxy = CuttingProxy.to(product.dicomPort());
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
      breakIt(new Faults(plan, product, disk, cuts, archive, log), load);
    }
    List<String> differences = account(product, archive, load, scu);
    differences.addAll(reading.differences());
    log.say("%d images were read meanwhile", reading.images());
    report(differences);
    return differences;
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

  private List<String> account(
      SeparateProduct product, ChaosArchive archive, Workload load, OurScu scu) throws Exception {
    Drain drain = new Drain(product, ledger, evicting(archive));
    Optional<String> ill = drain.awaitHealth(HEALS_WITHIN);
    log.say("everything is well%s", ill.map(text -> " but " + text).orElse(""));
    load.sendTheRest(scu);
    log.say("all sent: %d instances", ledger.instances());
    Optional<String> behind = drain.await(DRAINS_WITHIN);
    log.say("drained%s", behind.map(text -> " but for " + text).orElse(""));
    UnknownBlobs blobs = UnknownBlobs.of(product, archive);
    // What an upload of unknown outcome has left is an operator's, also when its object is deleted.
    Audit audit = Audit.of(product, archive.contents(blobs.orphans()), ledger);
    tally = audit.tally().toString();
    List<String> differences = audit.differences();
    blobs.unknown().forEach(id -> differences.add("in FastDFS, and nobody knows it: " + id));
    long deadLetters = DeadLetterCount.in(product.kafka());
    if (deadLetters > 0) {
      differences.add(deadLetters + " dead letters");
    }
    if (ledger.instances() < plan.instances()) {
      differences.add("only " + ledger.instances() + " instances sent in time");
    }
    ill.ifPresent(differences::add);
    behind.ifPresent(differences::add);
    return differences;
  }

  /** On one volume, the local archive shares the files' bytes, so nothing may go. */
  private boolean evicting(ChaosArchive archive) throws IOException {
    return archive.cluster().isPresent()
        || !Files.getFileStore(data.resolve("online")).equals(Files.getFileStore(data));
  }

  private void report(List<String> differences) throws IOException {
    StringBuilder text = new StringBuilder("\nLedger (seed " + plan.seed() + ")\n\n");
    text.append("%-10s".formatted("sendings"));
    for (Outcome outcome : Outcome.values()) {
      if (outcome != Outcome.UNSENT) {
        text.append(" %s %,d".formatted(outcome.name().toLowerCase(), ledger.count(outcome)));
      }
    }
    text.append("\n").append(tally).append("\n\n");
    text.append(differences.isEmpty() ? "No difference.\n" : differences.size() + " differences\n");
    differences.stream().limit(SHOWN).forEach(one -> text.append("  ").append(one).append('\n'));
    System.out.println(text);
    Files.writeString(data.resolve("ledger.txt"), log + "\n" + text);
  }
}
