package org.regionalpacs.standalone;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "up",
    description = "Start the PACS and wait until it takes images.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class UpCommand implements Callable<Integer> {
  @Mixin DataOption data;
  @Mixin Ports ports;
  @Mixin ArchiveOption archive;

  @Option(names = "--detach", description = "Return when it is ready, and leave it running.")
  boolean detach;

  @Option(
      names = "--separate",
      description = {
        "Every service in a JVM of its own, which is started again when it ends.",
        "PACS_HEAP_STORESCP, _CONSUMER, _WADO, _WEBWORKER: their heaps (256m)."
      })
  boolean separate;

  @Override
  public Integer call() throws Exception {
    DataFolder folder = DataFolder.make(data.path);
    Optional<ArchiveChoice> choice = archive.choice(folder);
    InstanceLock lock =
        InstanceLock.take(folder).orElseThrow(() -> new Complaint(alreadyRunning(folder)));
    // What a killed run left would say that this one is ready.
    RunState.delete(folder);
    if (detach) {
      // The detached process takes the lock and checks the ports again, but there nobody reads.
      new Engines(folder, ports, new Console()).awaitLeftOvers();
      ports.check();
      lock.close();
      return new Detached(folder, ports, choice, separate).start();
    }
    System.setProperty("pacs.log", folder.log("pacs").toString());
    Logs.toFile();
    Launcher launcher = new Launcher(folder, ports, choice, separate);
    launcher.start(lock);
    launcher.awaitStop();
    return 0;
  }

  private static String alreadyRunning(DataFolder folder) {
    String who = RunState.running(folder).map(state -> " (pid " + state.pid() + ")").orElse("");
    return "Already running on %s%s: see ./pacs status, stop it with ./pacs down"
        .formatted(folder.shown(), who);
  }
}
