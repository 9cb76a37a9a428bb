package org.regionalpacs.standalone;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "down",
    description = "Stop the PACS and wait until everything has ended.",
    mixinStandardHelpOptions = true)
final class DownCommand implements Callable<Integer> {
  @Mixin DataOption data;

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "90",
      description = "How long to wait (default: ${DEFAULT-VALUE}).")
  int seconds = 90;

  @Override
  public Integer call() throws InterruptedException {
    DataFolder folder = data.folder();
    RunState state = data.running();
    ProcessHandle.of(state.pid()).ifPresent(ProcessHandle::destroy);
    long begin = System.nanoTime();
    long deadline = begin + TimeUnit.SECONDS.toNanos(seconds);
    // It gives the lock back last of all; afterwards the JVM may still write its class archive.
    while (InstanceLock.taken(folder)) {
      if (System.nanoTime() > deadline) {
        throw new Complaint(
            "Process %d still runs after %d s: see %s; kill -9 %d ends it and its children"
                .formatted(state.pid(), seconds, folder.log("pacs"), state.pid()));
      }
      Thread.sleep(50);
    }
    System.out.printf("Stopped in %.1f s.%n", (System.nanoTime() - begin) / 1e9);
    return 0;
  }
}
