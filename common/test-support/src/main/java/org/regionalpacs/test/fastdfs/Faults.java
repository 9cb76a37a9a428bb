package org.regionalpacs.test.fastdfs;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** What is to go wrong on one server. */
public final class Faults {
  private static final int EVER = Integer.MAX_VALUE;

  private final List<Planned> planned = new CopyOnWriteArrayList<>();
  private volatile CountDownLatch healed = new CountDownLatch(1);

  private record Planned(int command, Fault fault, AtomicInteger left) {}

  /** Plans a fault for the next request with this command. */
  public void next(int command, Fault fault) {
    next(command, fault, 1);
  }

  /** Plans a fault for the next so many requests with this command. */
  public void next(int command, Fault fault, int times) {
    planned.add(new Planned(command, fault, new AtomicInteger(times)));
  }

  /** Plans a fault for all requests with this command. */
  public void always(int command, Fault fault) {
    next(command, fault, EVER);
  }

  /** Ends all faults; the connections that hang are closed. */
  public void heal() {
    planned.clear();
    CountDownLatch hanging = healed;
    healed = new CountDownLatch(1);
    hanging.countDown();
  }

  /** The fault of a request that came now. */
  Optional<Fault> take(int command) {
    Iterator<Planned> all = planned.iterator();
    while (all.hasNext()) {
      Planned one = all.next();
      if (one.command() == command && one.left().getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
        return Optional.of(one.fault());
      }
    }
    return Optional.empty();
  }

  /** Waits until the faults are healed or the connection is closed. */
  void hang(BooleanSupplier closed) throws InterruptedException {
    CountDownLatch end = healed;
    while (!closed.getAsBoolean() && !end.await(20, TimeUnit.MILLISECONDS)) {
      // Another look.
    }
  }
}
