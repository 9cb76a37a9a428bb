package org.regionalpacs.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Scanner;
import java.util.concurrent.Callable;
import org.regionalpacs.consumer.rebuild.IndexRebuild.Missing;
import org.regionalpacs.consumer.rebuild.RebuildException;
import org.regionalpacs.consumer.rebuild.RebuildProgress;
import org.regionalpacs.consumer.rebuild.RebuildReport;
import org.regionalpacs.consumer.rebuild.RebuildRun;
import org.regionalpacs.storage.LocalBlobStore;
import org.springframework.boot.SpringApplication;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "rebuild",
    description = {
      "Drop the index in PostgreSQL, and build it again from online files, archives and the",
      "journal of deletions. The PACS is to be stopped, or to run with --separate: then images",
      "are taken meanwhile."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the index has everything that was found",
      "1:something is missing in it, or the rebuild could not be done",
      "2:wrong usage, or not confirmed"
    })
final class RebuildCommand implements Callable<Integer> {
  /** What is said of a rebuild that was broken off. */
  static final String UNFINISHED =
      "A rebuild of the index was broken off: studies are missing until ./pacs rebuild has run";

  @Mixin DataOption data;

  @Option(names = "--yes", description = "Don't ask.")
  boolean yes;

  @Option(
      names = "--forget-missing",
      description =
          "Go on although the index knows objects that are found nowhere any more, or nodes that are gone.")
  boolean forgetMissing;

  private final Console console = new Console();

  @Override
  public Integer call() throws Exception {
    DataFolder folder = data.folder();
    requireMounted(folder);
    confirm(folder, running(folder).isPresent());
    // Much may have happened until somebody answered.
    Optional<RunState> running = running(folder);
    System.setProperty("pacs.log", folder.log("rebuild").toString());
    Logs.toFile();
    RebuildReport report =
        running.isPresent() ? besideReception(folder, running.get()) : alone(folder);
    return tell(folder, report);
  }

  /** The product, if it runs, and so that its index can be rebuilt. */
  private static Optional<RunState> running(DataFolder folder) {
    Optional<RunState> running = RunState.running(folder);
    running.ifPresent(state -> requireFit(folder, state));
    return running;
  }

  static void requireFit(DataFolder folder, RunState state) {
    if (!state.separate()) {
      throw new Complaint(
          """
          Running on %s, all services in one JVM: stop it first (./pacs down). Senders keep what isn't taken.
          A PACS that was started with --separate goes on taking images while its index is rebuilt.\
          """
              .formatted(folder.shown()));
    }
    if (!state.ready()) {
      // What has no process yet can't be stopped, and at the end of a start all holds are released.
      throw new Complaint(
          "The PACS on %s is starting: wait until ./pacs status says that it runs."
              .formatted(folder.shown()));
    }
  }

  /** An empty folder in the place of a volume would have everything forgotten that is on it. */
  static void requireMounted(DataFolder folder) {
    require(Files.exists(folder.online().resolve(".node")), "online store", folder.online());
    require(
        // A link to a volume that isn't mounted is there, and leads nowhere.
        Files.notExists(folder.archive(), LinkOption.NOFOLLOW_LINKS)
            || LocalBlobStore.isIn(folder.archive()),
        "archive",
        folder.archive());
    boolean fastDfs =
        ArchiveChoice.read(folder).filter(choice -> !choice.trackers().isEmpty()).isPresent();
    require(
        !fastDfs || LocalBlobStore.isIn(folder.catalogue()),
        "catalogue of what FastDFS has",
        folder.catalogue());
  }

  private static void require(boolean there, String what, Path folder) {
    if (!there) {
      throw new Complaint(
          "There is no %s in %s: is its volume mounted? Nothing was changed."
              .formatted(what, folder));
    }
  }

  private void confirm(DataFolder folder, boolean besideReception) {
    console.say(
        """
        The index of %s is dropped and built again, from
          online files  %s
          archive       %s
          deletions     as they were journaled: what was deleted stays so
        First all of it is listed; nothing is dropped when that can't be done. Then, until it is ready,
        %s.
        What no file tells stays in the database as it is, and is lost only with that: pins, query tags, how far
        webhooks were told, who read what, and records that wait to be tried again.\
        """
            .formatted(
                folder.shown(),
                folder.online(),
                ArchiveChoice.read(folder)
                    .map(ArchiveChoice::shown)
                    .orElse("as pacs.yml says, else local"),
                besideReception
                    ? "images are taken, but nobody can search or read (consumer, wado and webworker are stopped)"
                    : "the PACS is down, and senders keep their images"));
    if (yes) {
      return;
    }
    System.out.print("Type yes to go on: ");
    System.out.flush();
    Scanner answer = new Scanner(System.in);
    if (!answer.hasNextLine()
        || !answer.nextLine().strip().toLowerCase(Locale.ROOT).equals("yes")) {
      throw new Complaint("Nothing was changed.", Complaint.USAGE);
    }
  }

  private RebuildReport alone(DataFolder folder) throws IOException {
    try (InstanceLock _ =
        InstanceLock.take(folder)
            .orElseThrow(
                () -> new Complaint("%s is in use: see ./pacs status".formatted(folder.shown())))) {
      Ports ports = Ports.ofNobody();
      try (Engines engines = new Engines(folder, ports, console)) {
        Runtime.getRuntime().addShutdownHook(new Thread(engines::close, "stop"));
        engines.awaitLeftOvers();
        engines.startWithoutCache();
        engines.awaitAll();
        return rebuild(folder, ports);
      }
    }
  }

  private RebuildReport besideReception(DataFolder folder, RunState state)
      throws InterruptedException {
    try (InstanceLock _ =
        InstanceLock.takeForRebuild(folder)
            .orElseThrow(() ->
                new Complaint(
                    "Another rebuild of %s is going on: wait for it, and start nothing until it is done."
                        .formatted(folder.shown())))) {
      StoppedReaders readers = new StoppedReaders(folder, state);
      try {
        readers.stop();
        console.say("consumer, wado and webworker are stopped; images are taken.");
        return rebuild(folder, Ports.of(state));
      } finally {
        console.say(readers.release());
      }
    }
  }

  private RebuildReport rebuild(DataFolder folder, Ports ports) {
    ServiceSettings settings = new ServiceSettings(folder, ports, ArchiveChoice.read(folder));
    SpringApplication application = new SpringApplication(Service.CONSUMER.application());
    application.setDefaultProperties(settings.defaults());
    Missing missing = forgetMissing ? Missing.FORGET : Missing.REFUSE;
    try {
      return new RebuildRun(settings.of(Service.CONSUMER), missing)
          .run(application, new RebuildProgress(console));
    } catch (RebuildException e) {
      throw new Complaint(e.getMessage(), e);
    }
  }

  private int tell(DataFolder folder, RebuildReport report) {
    report.summary(console.elapsed(), folder.log("rebuild")).forEach(console::say);
    return report.troubles() == 0 ? 0 : Complaint.FAILED;
  }
}
