package org.regionalpacs.intake;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.CRC32C;
import org.regionalpacs.messages.ReceptionId;

/**
 * One file of the outbox: records one after the other, each a length (4 bytes), a CRC-32C (4) and
 * that many bytes: length of the key (2), key, value. What follows the last whole record was being
 * written when the process died, and was never promised to anybody.
 *
 * <p>Not a {@code FileChannel}: those are closed when one of the threads that use them is
 * interrupted.
 */
final class OutboxSegment implements Closeable {
  static final String SUFFIX = ".log";
  private static final int PREFIX = 8;
  private static final int LONGEST_RECORD = 1024 * 1024;

  private final Path path;
  private final RandomAccessFile writer;
  private final RandomAccessFile reader;
  private final boolean ours;
  private final ReentrantLock flushing = new ReentrantLock();
  private volatile long size;

  /** Bytes that were in it before {@link #reset}; {@link #flush} counts on from them. */
  private volatile long emptied;

  private volatile long flushed;
  private volatile long delivered;

  /** Whether a flush failed: what it was to bring to the disk may be gone from memory too. */
  private volatile boolean broken;

  private OutboxSegment(Path path, boolean ours) throws IOException {
    this.path = path;
    this.ours = ours;
    this.writer = new RandomAccessFile(path.toFile(), "rw");
    this.reader = new RandomAccessFile(path.toFile(), "r");
    this.size = writer.length();
  }

  /** A new one, whose name sorts after all earlier ones'. */
  static OutboxSegment create(Path folder) throws IOException {
    OutboxSegment segment = new OutboxSegment(folder.resolve(ReceptionId.next() + SUFFIX), true);
    Flush.folder(folder);
    return segment;
  }

  /** One that another process left. */
  static OutboxSegment open(Path path) throws IOException {
    return new OutboxSegment(path, false);
  }

  /** Whether records may be appended: what another process left may end in a torn record. */
  boolean isOurs() {
    return ours;
  }

  /** Bytes written. */
  long size() {
    return size;
  }

  /** Bytes known to be on the disk, or no longer needed there, since this was opened. */
  long flushed() {
    return flushed;
  }

  /** Whether nothing more can be promised of it. */
  boolean isBroken() {
    return broken;
  }

  /** Bytes that Kafka has, from the beginning on. */
  long delivered() {
    return delivered;
  }

  /** Kafka has all up to this position. */
  void delivered(long end) {
    delivered = end;
  }

  /** Whether nothing is in it, and something may be appended. */
  boolean isIdle() {
    return ours && size == 0;
  }

  /**
   * Empties it for new records: everything in it was delivered. No flush is needed: until the next
   * one, a crash brings back records that are delivered once more, in front of none that was
   * promised. Nobody must append meanwhile; who still waits for the flush of a record need wait no
   * longer, for Kafka has it.
   */
  void reset() throws IOException {
    flushing.lock();
    try {
      writer.setLength(0);
      emptied += size;
      flushed = emptied;
      size = 0;
      delivered = 0;
    } finally {
      flushing.unlock();
    }
  }

  /**
   * Appends a record; one caller at a time. After a failure the next record takes its place.
   *
   * @return what {@link #flush} is to wait for
   */
  long append(QueuedMessage message) throws IOException {
    byte[] bytes = encode(message).array();
    writer.seek(size);
    writer.write(bytes);
    size += bytes.length;
    return emptied + size;
  }

  /**
   * Waits until a record is on the disk. Whoever comes meanwhile shares the next flush, and its
   * failure: the system tells of it once, and takes for written what wasn't.
   */
  void flush(long end) throws IOException {
    flushing.lock();
    try {
      if (flushed < end) {
        if (broken) {
          throw new IOException(path + " couldn't be flushed");
        }
        long written = emptied + size;
        try {
          writer.getFD().sync();
        } catch (IOException e) {
          broken = true;
          throw e;
        }
        flushed = written;
      }
    } finally {
      flushing.unlock();
    }
  }

  /**
   * Some records in a row.
   *
   * @param next position behind the last of them
   * @param torn whether what follows there is no whole record, and never will be
   */
  record Batch(List<QueuedMessage> messages, long next, boolean torn) {}

  /** Reads the records from a position on; one caller at a time. */
  Batch read(long position, int most) throws IOException {
    long end = size;
    if (!broken) {
      flush(emptied + end);
    }
    List<QueuedMessage> messages = new ArrayList<>();
    while (messages.size() < most && position < end) {
      Optional<ByteBuffer> record = record(position, end);
      if (record.isEmpty()) {
        return new Batch(messages, position, true);
      }
      position += PREFIX + record.get().remaining();
      messages.add(decode(record.get()));
    }
    return new Batch(messages, position, false);
  }

  private Optional<ByteBuffer> record(long position, long end) throws IOException {
    if (end - position < PREFIX) {
      return Optional.empty();
    }
    ByteBuffer prefix = bytes(position, PREFIX);
    int length = prefix.getInt();
    int crc = prefix.getInt();
    if (length < 2 || length > LONGEST_RECORD || length > end - position - PREFIX) {
      return Optional.empty();
    }
    return Optional.of(bytes(position + PREFIX, length)).filter(record -> crc(record) == crc);
  }

  private ByteBuffer bytes(long position, int length) throws IOException {
    byte[] bytes = new byte[length];
    reader.seek(position);
    reader.readFully(bytes);
    return ByteBuffer.wrap(bytes);
  }

  private static ByteBuffer encode(QueuedMessage message) {
    byte[] key = message.key().getBytes(StandardCharsets.UTF_8);
    int length = 2 + key.length + message.value().length;
    ByteBuffer bytes = ByteBuffer.allocate(PREFIX + length);
    bytes.position(PREFIX).putShort((short) key.length).put(key).put(message.value());
    int crc = crc(bytes.flip().slice(PREFIX, length));
    return bytes.putInt(0, length).putInt(4, crc);
  }

  private static QueuedMessage decode(ByteBuffer record) {
    byte[] key = new byte[record.getShort()];
    record.get(key);
    byte[] value = new byte[record.remaining()];
    record.get(value);
    return new QueuedMessage(new String(key, StandardCharsets.UTF_8), value);
  }

  private static int crc(ByteBuffer bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.duplicate());
    return (int) crc.getValue();
  }

  /** Deletes the file: everything in it was delivered. */
  void delete() throws IOException {
    close();
    Files.deleteIfExists(path);
  }

  @Override
  public void close() throws IOException {
    try (reader) {
      writer.close();
    }
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
