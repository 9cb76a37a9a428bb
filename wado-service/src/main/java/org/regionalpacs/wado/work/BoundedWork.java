package org.regionalpacs.wado.work;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.regionalpacs.wado.web.UnavailableException;
import org.regionalpacs.wado.work.Shares.Share;

/**
 * Bounds work that takes heap and processors: what is done at the same time has room in the memory
 * for it until it has truly ended, and threads of its own, so that requests that only copy bytes
 * don't wait behind it.
 */
public final class BoundedWork implements AutoCloseable {
  /** Bytes that a permit stands for. */
  private static final int UNIT = 64 * 1024;

  private final Limits limits;
  private final Messages messages;
  private final int units;
  private final Shares free;
  private final ExecutorService threads;
  private final AtomicInteger taken = new AtomicInteger();

  /**
   * How much of it there may be.
   *
   * @param memory bytes of heap, all together
   * @param maxConcurrent pieces at the same time
   * @param maxWaiting requests that wait for their turn; more are refused at once
   * @param maxWait how long a request waits for its turn
   * @param maxTime how long a piece may take
   */
  public record Limits(
      long memory, int maxConcurrent, int maxWaiting, Duration maxWait, Duration maxTime) {}

  /**
   * What is said when it can't be done in time.
   *
   * @param busy when there is no turn for it
   * @param late when it takes too long
   */
  public record Messages(String busy, String late) {}

  /**
   * @param name of its threads
   */
  public BoundedWork(String name, Limits limits, Messages messages) {
    this.limits = limits;
    this.messages = messages;
    this.units = (int) Math.clamp(limits.memory() / UNIT, 1, Integer.MAX_VALUE);
    this.free = new Shares(units, limits.maxWaiting());
    this.threads =
        Executors.newFixedThreadPool(
            limits.maxConcurrent(), Thread.ofPlatform().daemon().name(name + "-", 0).factory());
  }

  /** Whether there is ever so much room. */
  public boolean fits(long bytes) {
    return Math.ceilDiv(bytes, (long) UNIT) <= units;
  }

  /** Rooms that are taken. */
  public int taken() {
    return taken.get();
  }

  /** Requests that wait for their turn. */
  public int waiting() {
    return free.waiting();
  }

  /**
   * Waits for room.
   *
   * @param bytes that it takes, which {@linkplain #fits fit}
   * @throws UnavailableException when there is none in time, or too many wait
   * @throws IOException when the client has gone
   */
  public Room take(long bytes, Waiting waiting) throws IOException {
    long needed = Math.ceilDiv(bytes, (long) UNIT);
    // However small pieces are, there are no more of them than threads.
    int asked = (int) Math.max(needed, Math.max(1, units / limits.maxConcurrent()));
    Optional<Share> share = free.ask(asked);
    if (share.isEmpty()) {
      throw new UnavailableException(messages.busy());
    }
    Share mine = share.get();
    boolean given = false;
    try {
      given = waiting.await(mine.turn(), limits.maxWait(), messages.busy());
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } finally {
      if (!given) {
        free.giveBack(mine);
      }
    }
    taken.incrementAndGet();
    return new Room(
        threads,
        waiting,
        limits.maxTime(),
        messages.late(),
        () -> {
          taken.decrementAndGet();
          free.giveBack(mine);
        });
  }

  /** Ends all work. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
