package org.regionalpacs.standalone;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A look at one thing.
 *
 * @param subject the thing, in a word
 * @param look what is found, a line each
 */
record Examination(String subject, Callable<List<Diagnosis>> look) {

  static Examination of(String subject, Callable<Diagnosis> look) {
    return new Examination(subject, () -> List.of(look.call()));
  }

  /**
   * Looks at all of them at once.
   *
   * @param limit after so long together, what hasn't answered is in trouble
   * @return what was found, in their order
   */
  static List<Diagnosis> all(List<Examination> examinations, Duration limit)
      throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    List<FutureTask<List<Diagnosis>>> looking = new ArrayList<>();
    for (Examination each : examinations) {
      FutureTask<List<Diagnosis>> task = new FutureTask<>(each.look());
      Thread.ofVirtual().start(task);
      looking.add(task);
    }
    List<Diagnosis> found = new ArrayList<>();
    for (int i = 0; i < looking.size(); i++) {
      found.addAll(result(examinations.get(i).subject(), looking.get(i), deadline));
    }
    return found;
  }

  private static List<Diagnosis> result(
      String subject, FutureTask<List<Diagnosis>> task, long deadline) throws InterruptedException {
    try {
      return task.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      task.cancel(true);
      return List.of(Diagnosis.trouble(subject, "no answer in time: it hangs, or is far too busy"));
    } catch (ExecutionException e) {
      return List.of(Diagnosis.trouble(subject, String.valueOf(e.getCause().getMessage())));
    }
  }
}
