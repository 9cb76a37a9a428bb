package org.regionalpacs.standalone;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * Waits until every service is well. All are asked at once, because the first answer takes each of
 * them a while.
 *
 * @param ports where they answer
 * @param limit how long all of them together may take
 * @param log where a service says more
 */
record Readiness(Ports ports, Duration limit, Function<Service, Path> log) {
  private static final String FASTDFS = "fastDfs";
  private static final Duration PAUSE = Duration.ofMillis(50);

  /**
   * Waits. A FastDFS that is away doesn't hold a start up: images are taken and kept online, and
   * archived when it comes.
   *
   * @return whether the archive is there
   * @throws Complaint a service isn't well when the limit has passed
   */
  boolean await() throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    boolean archive = true;
    try (HealthProbe probe = new HealthProbe();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> answers = new ArrayList<>();
      for (Service service : Service.values()) {
        answers.add(threads.submit(() -> awaitOne(probe, service, deadline)));
      }
      for (Future<Boolean> answer : answers) {
        archive &= answer.get();
      }
      return archive;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Complaint complaint
          ? complaint
          : new IllegalStateException(e.getCause());
    }
  }

  private boolean awaitOne(HealthProbe probe, Service service, long deadline)
      throws InterruptedException {
    int port = ports.healthOf(service);
    HealthProbe.Answer answer = probe.ask(port);
    while (!answer.up() && !answer.downFor(FASTDFS)) {
      if (System.nanoTime() > deadline) {
        throw new Complaint(
            "%s isn't healthy: %s%nThe log is %s"
                .formatted(service.id(), answer.detail(), log.apply(service)));
      }
      Thread.sleep(PAUSE);
      answer = probe.ask(port);
    }
    return answer.up();
  }
}
