package org.regionalpacs.storage.chunked;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file that lists the blocks of one upload. Its lock says who goes on with it; it is free again
 * when the upload failed or its process died.
 */
final class BlockJournal implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BlockJournal.class);
  private static final Pattern LINE =
      Pattern.compile("([0-9]{1,9}) ([0-9a-f]{64}) ([0-9]{1,18}) (\\S+) ;");

  private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final RandomAccessFile journal;

  private BlockJournal(Path file, RandomAccessFile journal) {
    this.file = file;
    this.journal = journal;
  }

  /** Takes it, made when absent; empty when somebody else has it. */
  static Optional<BlockJournal> claim(Path file) throws IOException {
    // Closing a file a second time would give up this process's lock on it.
    if (!OPEN.add(file)) {
      return Optional.empty();
    }
    BlockJournal claimed;
    try {
      claimed = new BlockJournal(file, new RandomAccessFile(file.toFile(), "rw"));
    } catch (IOException e) {
      OPEN.remove(file);
      throw e;
    }
    try {
      FileLock lock = claimed.journal.getChannel().tryLock();
      // Who had it may have completed, and removed the file, just before.
      if (lock != null && Files.exists(file)) {
        return Optional.of(claimed);
      }
    } catch (IOException e) {
      claimed.close();
      throw e;
    }
    claimed.close();
    return Optional.empty();
  }

  /** What a block is found by. */
  static String key(int index, String upTo, long size) {
    return index + " " + upTo + " " + size;
  }

  /** Ids of the blocks by their keys. A line that a crash has cut is none. */
  Map<String, String> read() throws IOException {
    Map<String, String> blocks = new ConcurrentHashMap<>();
    journal.seek(0);
    for (String line = journal.readLine(); line != null; line = journal.readLine()) {
      Matcher matcher = LINE.matcher(line);
      if (matcher.matches()) {
        blocks.put(
            key(
                Integer.parseInt(matcher.group(1)),
                matcher.group(2),
                Long.parseLong(matcher.group(3))),
            matcher.group(4));
      }
    }
    return blocks;
  }

  /** Has the next line begin a new one, whatever a crash has left. */
  void goOn() throws IOException {
    if (journal.getFilePointer() > 0) {
      journal.writeByte('\n');
    }
  }

  synchronized void add(String key, String id) throws IOException {
    journal.write((key + " " + id + " ;\n").getBytes(StandardCharsets.US_ASCII));
  }

  /** Removes the file for good. */
  void remove() throws IOException {
    Files.deleteIfExists(file);
    try (FileChannel names = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
      names.force(true);
    }
  }

  @Override
  public void close() {
    try {
      journal.close();
    } catch (IOException e) {
      LOG.warn("{} can't be closed", file, e);
    } finally {
      OPEN.remove(file);
    }
  }
}
