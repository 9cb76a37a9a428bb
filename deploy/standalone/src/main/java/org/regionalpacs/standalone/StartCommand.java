package org.regionalpacs.standalone;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "start",
    description = "Start what ./pacs stop has stopped.",
    mixinStandardHelpOptions = true)
final class StartCommand implements Callable<Integer> {
  private static final int PROBE_MILLIS = 500;

  @Mixin ChildOption which;

  @Override
  public Integer call() throws InterruptedException {
    List<Child> children = which.children();
    children.forEach(child -> which.holds().release(child.name()));
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(which.seconds);
    for (Child child : children) {
      while (child.pid().isEmpty() || !open(child.port())) {
        if (System.nanoTime() > deadline) {
          throw new Complaint("%s doesn't run yet: see the logs".formatted(child.name()));
        }
        Thread.sleep(50);
      }
      System.out.printf("%s runs, pid %d.%n", child.name(), child.pid().orElse(0));
    }
    return 0;
  }

  private static boolean open(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(Ports.LOOPBACK, port), PROBE_MILLIS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
