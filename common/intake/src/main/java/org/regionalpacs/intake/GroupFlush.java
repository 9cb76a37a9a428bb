package org.regionalpacs.intake;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Flushes that receptions share. A flush covers whatever was changed before it began; so those who
 * come while a flush of the same folder runs wait for the next one, and that one serves all of
 * them: many associations that fill one series pay for two flushes where each paid for its own.
 */
public final class GroupFlush {
  /** What is shared. */
  public interface Flushing {
    /** Waits until all names in the folder are on the disk. */
    void flush(Path folder) throws IOException;
  }

  private final Flushing flushing;
  private final Duration longestWait;

  /** As many entries as folders with somebody in {@link #flush}. */
  private final Map<Path, Sharing> busy = new ConcurrentHashMap<>();

  /**
   * @param flushing does it; called once at a time for a folder
   * @param longestWait how long others' flushes may keep a caller waiting
   */
  public GroupFlush(Flushing flushing, Duration longestWait) {
    this.flushing = flushing;
    this.longestWait = longestWait;
  }

  /**
   * Waits until all names that are in the folder now are on the disk.
   *
   * @throws IOException when the flush that would have covered them failed, whoever made it, or did
   *     not begin in time
   */
  public void flush(Path folder) throws IOException {
    Sharing sharing = busy.compute(folder, (_, old) -> (old == null ? new Sharing() : old).enter());
    try {
      sharing.flush(folder);
    } finally {
      busy.computeIfPresent(folder, (_, old) -> old.leave());
    }
  }

  /** How many wait for a flush of that folder that has not begun. */
  int waiting(Path folder) {
    return Optional.ofNullable(busy.get(folder)).map(each -> each.turn.getQueueLength()).orElse(0);
  }

  /** Folders with somebody in {@link #flush}. */
  int folders() {
    return busy.size();
  }

  /** One flush and all whom it serves. Read and written by the holder of the turn. */
  private static final class Round {
    private boolean done;
    private Optional<IOException> failure = Optional.empty();
  }

  /** Those who flush the same folder. */
  private final class Sharing {
    private final ReentrantLock turn = new ReentrantLock();

    /** The flush that begins next. It covers what was done by those who have read this. */
    private volatile Round next = new Round();

    /** Guarded by the map. */
    private int users;

    private Sharing enter() {
      users++;
      return this;
    }

    /** Null, the map's word for nothing, when nobody is left. */
    private Sharing leave() {
      users--;
      return users == 0 ? null : this;
    }

    private void flush(Path folder) throws IOException {
      Round round = next;
      await(folder);
      try {
        if (!round.done) {
          next = new Round();
          run(round, folder);
        }
      } finally {
        turn.unlock();
      }
      if (round.failure.isPresent()) {
        // Each gets one of its own: a stack trace tells of one thread only.
        throw new IOException(folder + " could not be flushed", round.failure.get());
      }
    }

    private void await(Path folder) throws IOException {
      try {
        if (!turn.tryLock(longestWait.toMillis(), TimeUnit.MILLISECONDS)) {
          throw new IOException("the disk has not flushed " + folder + " for " + longestWait);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted before " + folder + " was flushed");
      }
    }

    private void run(Round round, Path folder) {
      try {
        flushing.flush(folder);
      } catch (IOException e) {
        round.failure = Optional.of(e);
      } catch (RuntimeException e) {
        round.failure = Optional.of(new IOException(e));
      } finally {
        round.done = true;
      }
    }
  }
}
