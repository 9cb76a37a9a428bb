package org.regionalpacs.standalone;

import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The services that would work on the index while it is rebuilt, or answer from it. What an
 * operator has stopped stays so.
 */
record StoppedReaders(DataFolder folder, RunState state) {
  private static final List<String> NAMES = List.of("consumer", "wado", "webworker");
  private static final long LIMIT = TimeUnit.SECONDS.toNanos(60);

  /**
   * Has them stopped and waits for it. Some may be from a rebuild that was broken off.
   *
   * @throws Complaint when one goes on for too long
   */
  void stop() throws InterruptedException {
    Holds holds = new Holds(folder);
    NAMES.forEach(holds::holdForRebuild);
    long deadline = System.nanoTime() + LIMIT;
    for (Child child : Child.of(folder, state)) {
      while (NAMES.contains(child.name()) && child.pid().isPresent()) {
        if (System.nanoTime() > deadline) {
          throw new Complaint("%s still runs".formatted(child.name()));
        }
        Thread.sleep(50);
      }
    }
  }

  /**
   * Has them start again, unless they would answer from an index that isn't whole.
   *
   * @return what became of them, for people
   */
  String release() {
    Holds holds = new Holds(folder);
    List<String> held = NAMES.stream().filter(holds::heldForRebuild).toList();
    if (held.isEmpty()) {
      return "What ./pacs stop has stopped stays so.";
    }
    String names = String.join(", ", held);
    if (!UnfinishedRebuild.isNone(folder, state)) {
      return names + ": stopped until the index is whole. Run ./pacs rebuild again.";
    }
    held.forEach(holds::release);
    return names + ": started again.";
  }
}
