package org.regionalpacs.intake;

import java.io.Closeable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The free-space mark of the online store's volume. Receptions under way claim the bytes they are
 * going to write, so that many large ones that begin together can't all pass the mark and then fill
 * the disk. One who doesn't know its length claims ahead of what it writes, step by step.
 *
 * <p>A look at the volume takes a few microseconds, so there is one for each object and each step
 * rather than one for each buffer. Other processes on the volume are seen by what they have
 * written.
 */
final class FreeSpace {
  private static final Logger LOG = LoggerFactory.getLogger(FreeSpace.class);

  /**
   * An object of unknown length claims so much at first, then as much again as it has written...
   */
  static final long SMALLEST_STEP = 1024 * 1024;

  /** ...but never more than this at once. It is also how often those of known length look. */
  static final long LARGEST_STEP = 16 * SMALLEST_STEP;

  private static final Duration COMPLAINT_PAUSE = Duration.ofMinutes(1);

  /** By ROOT: in the standalone run, two services of this process write to the same one. */
  private static final Map<Path, Ledger> LEDGERS = new ConcurrentHashMap<>();

  private final long minimum;
  private final LongSupplier usable;
  private final Ledger ledger;
  private final AtomicLong nextComplaint = new AtomicLong(System.nanoTime());

  /**
   * @param minimum bytes that stay free
   */
  FreeSpace(Path root, long minimum) {
    this(root, minimum, root.toFile()::getUsableSpace);
  }

  /**
   * @param usable what is asked for the bytes that may still be written
   */
  FreeSpace(Path root, long minimum, LongSupplier usable) {
    this.minimum = minimum;
    this.usable = usable;
    this.ledger = LEDGERS.computeIfAbsent(root, _ -> new Ledger());
  }

  /** Bytes that receptions under way have claimed and not yet written. */
  private static final class Ledger {
    private long outstanding;
  }

  /** Bytes that may still be written; 0 when the volume is gone. */
  long bytes() {
    return usable.getAsLong();
  }

  /** Bytes that receptions under way will still write. */
  long claimed() {
    synchronized (ledger) {
      return ledger.outstanding;
    }
  }

  /**
   * Looks whether so many bytes could be written now.
   *
   * @throws LowSpaceException when not
   */
  void require(long bytes) throws LowSpaceException {
    claim(bytes).close();
  }

  /**
   * Claims space for a reception.
   *
   * @param expected bytes that it announced; 0 when it didn't
   * @throws LowSpaceException when the volume would fall below its mark
   */
  Claim claim(long expected) throws LowSpaceException {
    long first = Math.max(expected, SMALLEST_STEP);
    take(first);
    return new Claim(first, expected > 0);
  }

  private void take(long bytes) throws LowSpaceException {
    long free;
    long others;
    synchronized (ledger) {
      free = bytes();
      others = ledger.outstanding;
      // Not a sum: what somebody announced may be any number.
      if (free - minimum - others >= bytes) {
        ledger.outstanding += bytes;
        return;
      }
    }
    LowSpaceException failure = new LowSpaceException(free, minimum, others, bytes);
    complain(failure);
    throw failure;
  }

  /** Every object refused has a line of its own elsewhere; here the operator is called. */
  private void complain(LowSpaceException failure) {
    long now = System.nanoTime();
    long due = nextComplaint.get();
    if (now - due >= 0 && nextComplaint.compareAndSet(due, now + COMPLAINT_PAUSE.toNanos())) {
      LOG.error("Disk space is low, objects are refused: {}", failure.getMessage());
    }
  }

  /** The share of one reception. Closing gives back what wasn't written. Of one thread. */
  final class Claim implements Closeable {
    private final boolean announced;
    private long claimed;
    private long written;
    private long looked;

    private Claim(long claimed, boolean announced) {
      this.claimed = claimed;
      this.announced = announced;
    }

    /**
     * Bytes were written.
     *
     * @throws LowSpaceException when the volume is below its mark, or would soon be
     */
    void wrote(long bytes) throws LowSpaceException {
      long before = claimed - written;
      written += bytes;
      give(Math.min(before, bytes));
      // One that has come to its announced end needs no more.
      boolean more = announced ? written > claimed : written >= claimed;
      claimed = Math.max(claimed, written);
      if (more) {
        long step = Math.clamp(written, SMALLEST_STEP, LARGEST_STEP);
        take(step);
        claimed += step;
        looked = written;
      } else if (written - looked >= LARGEST_STEP) {
        take(0);
        looked = written;
      }
    }

    private void give(long bytes) {
      synchronized (ledger) {
        ledger.outstanding -= bytes;
      }
    }

    @Override
    public void close() {
      give(claimed - written);
      claimed = written;
    }
  }
}
