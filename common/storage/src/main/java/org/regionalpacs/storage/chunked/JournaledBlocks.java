package org.regionalpacs.storage.chunked;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.regionalpacs.storage.BlobStore;
import org.regionalpacs.storage.ContentDigest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Blocks in a store that chooses ids: each upload has a file that lists them. Its lock says who
 * goes on with it, so that a block never gets into two manifests; it is free again when the upload
 * failed or its process died. Losing the file costs time and leaves orphans, nothing else.
 */
final class JournaledBlocks implements UploadedBlocks {
  private static final Logger LOG = LoggerFactory.getLogger(JournaledBlocks.class);
  private static final Pattern LINE =
      Pattern.compile("([0-9]{1,9}) ([0-9a-f]{64}) ([0-9]{1,18}) (\\S+) ;");

  private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

  private final BlobStore store;
  private final BlockNames names;
  private final Path file;
  private final RandomAccessFile journal;
  private final Map<String, String> left = new ConcurrentHashMap<>();

  private JournaledBlocks(BlobStore store, BlockNames names, Path file, RandomAccessFile journal) {
    this.store = store;
    this.names = names;
    this.file = file;
    this.journal = journal;
  }

  /** Goes on with a broken upload of this name, else begins one. */
  static JournaledBlocks open(BlobStore store, BlockNames names, Path folder) throws IOException {
    var digest = ContentDigest.sha256();
    digest.update(names.manifest().getBytes(StandardCharsets.US_ASCII));
    String key = ContentDigest.hex(digest);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, key + ".*")) {
      for (Path file : files) {
        Optional<JournaledBlocks> mine = claim(store, names, file);
        if (mine.isPresent()) {
          return mine.get();
        }
      }
    }
    Path file = folder.resolve(key + "." + UUID.randomUUID());
    return claim(store, names, file)
        .orElseThrow(() -> new IOException("can't lock a new file in " + folder));
  }

  private static Optional<JournaledBlocks> claim(BlobStore store, BlockNames names, Path file)
      throws IOException {
    // Closing a file a second time would give up this process's lock on it.
    if (!OPEN.add(file)) {
      return Optional.empty();
    }
    RandomAccessFile journal = new RandomAccessFile(file.toFile(), "rw");
    try {
      FileLock lock = journal.getChannel().tryLock();
      // Who had it may have completed, and removed the file, just before.
      if (lock != null && Files.exists(file)) {
        JournaledBlocks blocks = new JournaledBlocks(store, names, file, journal);
        blocks.read();
        return Optional.of(blocks);
      }
    } catch (IOException e) {
      release(file, journal);
      throw e;
    }
    release(file, journal);
    return Optional.empty();
  }

  private static void release(Path file, RandomAccessFile journal) {
    try {
      journal.close();
    } catch (IOException e) {
      LOG.warn("{} can't be closed", file, e);
    } finally {
      OPEN.remove(file);
    }
  }

  private void read() throws IOException {
    for (String line = journal.readLine(); line != null; line = journal.readLine()) {
      Matcher matcher = LINE.matcher(line);
      if (matcher.matches()) {
        left.put(
            key(Integer.parseInt(matcher.group(1)), matcher.group(2), matcher.group(3)),
            matcher.group(4));
      }
    }
    if (journal.getFilePointer() > 0) {
      // A line that a crash has cut must not spoil the next one.
      journal.writeByte('\n');
    }
  }

  private static String key(int index, String sha256, String size) {
    return index + " " + sha256 + " " + size;
  }

  @Override
  public String name(int index, String sha256) {
    return names.block(index, sha256);
  }

  @Override
  public Optional<String> find(int index, String sha256, int size) throws IOException {
    String id = left.get(key(index, sha256, Integer.toString(size)));
    if (id == null || store.stat(id).isEmpty()) {
      return Optional.empty();
    }
    left.remove(key(index, sha256, Integer.toString(size)));
    return Optional.of(id);
  }

  @Override
  public synchronized void add(int index, String sha256, Block block) throws IOException {
    String line = key(index, sha256, Long.toString(block.size())) + " " + block.id() + " ;\n";
    journal.write(line.getBytes(StandardCharsets.US_ASCII));
  }

  /** Forgets the upload, and deletes blocks that an earlier try stored of other content. */
  @Override
  public void complete() throws IOException {
    Files.deleteIfExists(file);
    for (String id : left.values()) {
      try {
        store.delete(id);
      } catch (IOException e) {
        LOG.warn("Block {} in store {} stays, nobody uses it", id, store.name(), e);
      }
    }
  }

  @Override
  public void close() {
    release(file, journal);
  }
}
