package org.regionalpacs.standalone;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "stop",
    description = {
      "Stop single processes of the running PACS, and keep them down until ./pacs start.",
      "Images are taken meanwhile, whichever engine is down."
    },
    mixinStandardHelpOptions = true)
final class StopCommand implements Callable<Integer> {
  @Mixin ChildOption which;

  @Override
  public Integer call() throws InterruptedException {
    List<Child> children = which.children();
    children.forEach(child -> which.holds().hold(child.name()));
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(which.seconds);
    for (Child child : children) {
      while (child.pid().isPresent()) {
        if (System.nanoTime() > deadline) {
          throw new Complaint("%s still runs".formatted(child.name()));
        }
        Thread.sleep(50);
      }
      System.out.printf("%s is stopped.%n", child.name());
    }
    return 0;
  }
}
