package org.regionalpacs.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A start, a run and a stop of the whole product. */
final class Launcher {
  private static final Logger LOG = LoggerFactory.getLogger(Launcher.class);
  private static final Duration HEALTHY_LIMIT = Duration.ofMinutes(8);
  private static final long LITTLE_SPACE = 2L << 30;
  private static final String ARCHIVE_AWAY =
      "  Warning: the archive on FastDFS doesn't answer: ./pacs status tells more.\n"
          + "  Images are taken and kept on this disk, and archived when it does.";

  private final DataFolder folder;
  private final Ports ports;
  private final Optional<ArchiveChoice> archive;
  private final boolean separate;
  private final Console console = new Console();
  private final Instant started = Instant.now();
  private final Deque<Runnable> undo = new ArrayDeque<>();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private boolean stopping;
  private volatile boolean ready;

  /**
   * @param archive where archived images go, where the user said it
   * @param separate whether every service gets a JVM of its own
   */
  Launcher(DataFolder folder, Ports ports, Optional<ArchiveChoice> archive, boolean separate) {
    this.folder = folder;
    this.ports = ports;
    this.archive = archive;
    this.separate = separate;
  }

  /** Starts everything; when this returns the product is healthy. */
  void start(InstanceLock lock) {
    undo(lock::close);
    Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
    Engines engines = new Engines(folder, ports, console);
    engines.awaitLeftOvers();
    ports.check();
    console.say("Regional PACS %s, data in %s".formatted(Version.number(), folder.shown()));
    warnOfLittleSpace();
    archive.ifPresent(choice -> choice.write(folder));
    RunState.of(ports, started, false, separate).write(folder);
    undo(() -> RunState.delete(folder));
    try {
      undo(engines::close);
      engines.start();
      engines.awaitPostgres();
      // Kafka takes longest. The services can do without it for a while, so they start beside it.
      ServiceSettings settings = new ServiceSettings(folder, ports, archive);
      Services services =
          separate
              ? new ServicesApart(settings, console)
              : new ServicesInThisJvm(settings, console, engines);
      undo(services::close);
      services.start();
      engines.awaitAll();
      Holds holds = new Holds(folder);
      holds.releaseAll();
      Supervisor supervisor = new Supervisor(console, holds);
      undo(supervisor::close);
      engines.all().forEach(supervisor::watch);
      services.processes().forEach(supervisor::watch);
      if (!new Readiness(ports, HEALTHY_LIMIT, this::log).await()) {
        console.say(ARCHIVE_AWAY);
      }
    } catch (IOException e) {
      LOG.error("Start failed", e);
      throw new Complaint(e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Complaint("Interrupted while starting", e);
    }
    RunState state = RunState.of(ports, started, true, separate);
    state.write(folder);
    ready = true;
    welcome();
    if (UnfinishedRebuild.in(folder, state)) {
      console.say("Warning: " + RebuildCommand.UNFINISHED);
    }
  }

  /** Waits until somebody stops the product. */
  void awaitStop() throws InterruptedException {
    stopped.await();
  }

  private void undo(Runnable step) {
    synchronized (undo) {
      if (!stopping) {
        undo.push(step);
        return;
      }
    }
    step.run();
    throw new Complaint("Stopped while starting");
  }

  private void stop() {
    List<Runnable> steps;
    synchronized (undo) {
      stopping = true;
      steps = new ArrayList<>(undo);
      undo.clear();
    }
    if (steps.size() > 2) {
      console.say("Stopping...");
    }
    for (Runnable step : steps) {
      try {
        step.run();
      } catch (RuntimeException e) {
        LOG.warn("A step of the stop failed", e);
      }
    }
    if (steps.size() > 2) {
      Optional<ClassCache> cache = ClassCache.ofThisJvm();
      cache.ifPresent(each -> each.atEnd(ready));
      console.say(
          cache.filter(ClassCache::learns).isPresent()
              ? "Stopped. (Java saves its classes now, once a build, to start faster next time.)"
              : "Stopped.");
    }
    stopped.countDown();
  }

  private void warnOfLittleSpace() {
    try {
      long free = Files.getFileStore(folder.root()).getUsableSpace();
      if (free < LITTLE_SPACE) {
        console.say("Warning: only %d MB are free for the data".formatted(free >> 20));
      }
    } catch (IOException e) {
      LOG.warn("Free space unknown", e);
    }
  }

  private Path log(Service service) {
    return folder.log(separate ? service.id() : "pacs");
  }

  private void welcome() {
    String web = "http://%s:%d/dicom-web".formatted(ports.reachable(), ports.http);
    console.say(
        """
        Ready in %s s.

          DICOM      REGIONAL_PACS@%s:%d
          DICOMweb   %s
          Start page http://%s:%d/
          Viewer     %s
          Health     %s (wado; storescp, consumer, webworker: %d-%d)
          Logs       %s

        Try   ./pacs demo
              curl -s '%s/studies?includefield=all'
        Stop  Ctrl-C here, or ./pacs down
        """
            .formatted(
                console.elapsed(),
                ports.bind,
                ports.dicom,
                web,
                ports.reachable(),
                ports.http,
                ViewerProbe.ask(ports.reachable(), ports.http).shown(),
                HealthProbe.address(ports.health),
                ports.health + 1,
                ports.health + 3,
                folder.shown() + "/logs",
                web));
  }
}
