package org.regionalpacs.intake;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages that Kafka hasn't taken yet, kept in files, in order, until it does. What a dead process
 * left is taken over and comes first. Delivery is at least once.
 */
final class Outbox implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
  private static final long SEGMENT_BYTES = 16L * 1024 * 1024;

  /**
   * A segment that is delivered while it is filled is left for a new one from here on: so much is
   * delivered once more after a crash.
   */
  private static final long DELIVERED_BYTES = 1024 * 1024;

  private final OwnedFolder folder;
  private final boolean flush;
  private final long bound;
  private final boolean always;
  private final AtomicBoolean full = new AtomicBoolean();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition filled = lock.newCondition();

  /** Oldest first; the last one is appended to. */
  private final Deque<OutboxSegment> segments = new ArrayDeque<>();

  private volatile boolean refused;

  private Outbox(OwnedFolder folder, boolean flush, long bound, boolean always) {
    this.folder = folder;
    this.flush = flush;
    this.bound = bound;
    this.always = always;
  }

  /** Opens one for messages that Kafka didn't take. */
  static Outbox open(Path shared, Sync sync, long bound) throws IOException {
    return open(shared, sync, bound, false);
  }

  /**
   * Opens this process's outbox below a folder that several share.
   *
   * @param bound bytes from which on it {@link #isFull}
   * @param always whether all messages come here, not only those that Kafka didn't take: then the
   *     file is emptied where it would be deleted, as the next message comes soon
   */
  static Outbox open(Path shared, Sync sync, long bound, boolean always) throws IOException {
    OwnedFolder folder = OwnedFolder.create(shared);
    Outbox outbox = new Outbox(folder, sync != Sync.NONE, bound, always);
    folder.bury(outbox::takeOver);
    for (Path left : segmentsIn(folder.path())) {
      outbox.segments.addLast(OutboxSegment.open(left));
    }
    if (!outbox.segments.isEmpty()) {
      LOG.info("Outbox has {} files of messages for Kafka", outbox.segments.size());
    }
    return outbox;
  }

  private List<Path> takeOver(Path dead) throws IOException {
    List<Path> taken = new ArrayList<>();
    for (Path segment : segmentsIn(dead)) {
      Path target = folder.path().resolve(segment.getFileName());
      taken.add(Files.move(segment, target, StandardCopyOption.ATOMIC_MOVE));
    }
    Flush.folder(folder.path());
    return taken;
  }

  /**
   * Takes over what processes left that died meanwhile. Their messages come last: the replay may be
   * in the midst of the first ones.
   *
   * @return how many files
   */
  int adopt() throws IOException {
    List<Path> left = new ArrayList<>();
    folder.bury(dead -> left.addAll(takeOver(dead)));
    lock.lock();
    try {
      for (Path segment : left) {
        segments.addLast(OutboxSegment.open(segment));
        filled.signal();
      }
    } finally {
      lock.unlock();
    }
    return left.size();
  }

  private static List<Path> segmentsIn(Path folder) throws IOException {
    List<Path> segments = new ArrayList<>();
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(folder, "*" + OutboxSegment.SUFFIX)) {
      entries.forEach(segments::add);
    }
    segments.sort(null);
    return segments;
  }

  /** Whether every message has been delivered. */
  boolean isEmpty() {
    lock.lock();
    try {
      return segments.stream().allMatch(OutboxSegment::isIdle);
    } finally {
      lock.unlock();
    }
  }

  /** Bytes of the undelivered messages. */
  long bytes() {
    lock.lock();
    try {
      return segments.stream().mapToLong(segment -> segment.size() - segment.delivered()).sum();
    } finally {
      lock.unlock();
    }
  }

  /** Whether Kafka takes messages: what {@link #refusedBytes} goes by. */
  void refused(boolean now) {
    refused = now;
  }

  /**
   * As {@link #bytes}; none where all messages come here and Kafka keeps up with them, give or take
   * what is on its way.
   */
  long refusedBytes() {
    long waiting = bytes();
    return always && !refused && waiting < DELIVERED_BYTES ? 0 : waiting;
  }

  /**
   * Whether it has reached its bound: then no object must be begun. Messages of objects that were
   * under way are kept all the same, lest a stored object stays unknown.
   */
  boolean isFull() {
    long bytes = bytes();
    boolean now = bytes >= bound;
    if (full.compareAndSet(!now, now)) {
      if (now) {
        LOG.error("Objects are refused: the outbox holds {} bytes for Kafka", bytes);
      } else {
        LOG.info("Objects are taken again: the outbox is down to {} bytes", bytes);
      }
    }
    return now;
  }

  /** Keeps a message; when this returns it is on the disk. */
  void append(QueuedMessage message) throws IOException {
    OutboxSegment segment;
    long end;
    lock.lock();
    try {
      segment = segments.peekLast();
      if (segment == null
          || !segment.isOurs()
          || segment.isBroken()
          || segment.size() >= SEGMENT_BYTES
          || segment.delivered() >= DELIVERED_BYTES) {
        segment = OutboxSegment.create(folder.path());
        segments.addLast(segment);
      }
      end = segment.append(message);
      filled.signal();
    } finally {
      lock.unlock();
    }
    if (flush) {
      segment.flush(end);
    }
  }

  /** The oldest segment; empty when none comes in time. */
  Optional<OutboxSegment> oldest(long waitMillis) throws InterruptedException, IOException {
    lock.lock();
    try {
      if (isEmpty()) {
        filled.await(waitMillis, TimeUnit.MILLISECONDS);
      }
      while (segments.size() > 1 && segments.getFirst().isIdle()) {
        segments.removeFirst().delete();
      }
      return Optional.ofNullable(segments.peekFirst()).filter(segment -> !segment.isIdle());
    } finally {
      lock.unlock();
    }
  }

  /**
   * Deletes or empties the oldest segment if all of it was delivered.
   *
   * @param delivered where the last delivered record ends
   * @param torn whether nothing readable follows there
   * @return false when there is more to deliver
   */
  boolean remove(OutboxSegment oldest, long delivered, boolean torn) throws IOException {
    lock.lock();
    try {
      oldest.delivered(delivered);
      long rest = oldest.size() - delivered;
      if (rest > 0 && !torn) {
        return false;
      }
      if (rest > 0) {
        LOG.warn("{} bytes at the end of {} are no message", rest, oldest);
      }
      boolean goesOn = oldest.isOurs() && !oldest.isBroken() && segments.peekLast() == oldest;
      if (always && rest == 0 && goesOn) {
        oldest.reset();
        return true;
      }
      segments.removeFirst();
      oldest.delete();
      return true;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() throws IOException {
    lock.lock();
    try {
      for (OutboxSegment segment : segments) {
        if (segment.isIdle()) {
          segment.delete();
        } else {
          segment.close();
        }
      }
      folder.close();
    } finally {
      lock.unlock();
    }
  }
}
