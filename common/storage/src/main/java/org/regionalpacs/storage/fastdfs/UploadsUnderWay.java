package org.regionalpacs.storage.fastdfs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The uploads that this process is at, and the last that it has done, in a file whose lock is free
 * when it has died: then a file may be on a storage that nobody knows, as the id of what was just
 * done may not have been noted anywhere. Nothing is flushed, so it outlasts a process, not a loss
 * of power.
 */
final class UploadsUnderWay implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(UploadsUnderWay.class);
  private static final String SUFFIX = ".uploads";
  private static final int LONG = 1024 * 1024;
  private static final Pattern LINE =
      Pattern.compile("([+-])([0-9]{1,18})(?: ([0-9]{1,18}) (.*))?");

  /** {@code =NUMBER ID}: it is stored. */
  private static final Pattern STORED = Pattern.compile("=([0-9]{1,18}) (\\S+)");

  /**
   * So many of the last ones are told of: more than the places of which are recorded together, by
   * default those of two batches of 100 and of what is tried again beside them.
   */
  private static final int RECENT = 512;

  /** Closing a file a second time would give up this process's lock on it. */
  private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;
  private final Deque<String> recent = new ArrayDeque<>();
  private long number;
  private int underWay;

  private UploadsUnderWay(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * An upload whose process died.
   *
   * @param name the blob's wanted name
   * @param size bytes
   * @param id that it has, where it was stored
   */
  record Left(String name, long size, Optional<String> id) {}

  static UploadsUnderWay open(Path folder) throws IOException {
    String name = UUID.randomUUID().toString();
    Path file = folder.toAbsolutePath().resolve(name + SUFFIX);
    Path unlocked = file.resolveSibling(name + DurableOrphans.HALF);
    FileChannel channel =
        FileChannel.open(unlocked, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    channel.lock();
    OPEN.add(file);
    // Before, another process would take it for a dead one's.
    Files.move(unlocked, file, StandardCopyOption.ATOMIC_MOVE);
    return new UploadsUnderWay(file, channel);
  }

  synchronized OrphanJournal.Upload begin(String name, long size) {
    long mine = ++number;
    underWay++;
    String begun = "+" + mine + " " + size + " " + name + "\n";
    write(begun);
    return new OrphanJournal.Upload() {
      @Override
      public void stored(String id) {
        UploadsUnderWay.this.stored(begun, "=" + mine + " " + id + "\n");
      }

      @Override
      public void close() {
        end(mine);
      }
    };
  }

  private synchronized void stored(String begun, String line) {
    write(line);
    recent.addLast(begun + line);
    if (recent.size() > RECENT) {
      recent.removeFirst();
    }
  }

  private synchronized void end(long mine) {
    underWay--;
    write("-" + mine + "\n");
    try {
      if (underWay == 0 && channel.position() > LONG) {
        channel.truncate(0);
        recent.forEach(this::write);
      }
    } catch (IOException e) {
      LOG.debug("{} can't be shortened", file, e);
    }
  }

  private synchronized boolean idle() {
    return underWay == 0;
  }

  /** An upload doesn't fail for it. */
  private void write(String line) {
    try {
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(line);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      LOG.debug("{} can't be written", file, e);
    }
  }

  /** What is told of uploads whose processes died. */
  interface Teller {
    void tell(Left left);
  }

  /** Tells what dead processes were at, and removes their files. */
  static void tellLeft(Path folder, Teller teller) throws IOException {
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(folder.toAbsolutePath(), "*" + SUFFIX)) {
      for (Path file : files) {
        if (OPEN.add(file)) {
          try {
            tellLeftIn(file, teller);
          } finally {
            OPEN.remove(file);
          }
        }
      }
    }
  }

  private static void tellLeftIn(Path file, Teller teller) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        left(Files.readAllLines(file, StandardCharsets.ISO_8859_1)).forEach(teller::tell);
        Files.deleteIfExists(file);
      }
    }
  }

  private static List<Left> left(List<String> lines) {
    Map<String, Left> begun = new LinkedHashMap<>();
    Deque<Left> stored = new ArrayDeque<>();
    for (String line : lines) {
      Matcher done = STORED.matcher(line);
      if (done.matches()) {
        Left upload = begun.remove(done.group(1));
        if (upload != null) {
          stored.addLast(new Left(upload.name(), upload.size(), Optional.of(done.group(2))));
        }
        if (stored.size() > RECENT) {
          stored.removeFirst();
        }
        continue;
      }
      Matcher matcher = LINE.matcher(line);
      if (matcher.matches() && matcher.group(1).equals("-")) {
        begun.remove(matcher.group(2));
      } else if (matcher.matches() && matcher.group(3) != null) {
        begun.put(
            matcher.group(2),
            new Left(matcher.group(4), Long.parseLong(matcher.group(3)), Optional.empty()));
      }
    }
    List<Left> left = new ArrayList<>(begun.values());
    left.addAll(stored);
    return left;
  }

  @Override
  public void close() {
    try (channel) {
      // Its ids were noted: nothing is left to tell.
      if (idle()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      LOG.debug("{} can't be closed", file, e);
    } finally {
      OPEN.remove(file);
    }
  }
}
