package org.regionalpacs.storage.chunked;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.regionalpacs.storage.BlobStore;
import org.regionalpacs.storage.ContentDigest;
import org.regionalpacs.storage.FullDisk;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Blocks in a store that chooses ids: each upload has a {@link BlockJournal} that lists them, so
 * that a block never gets into two manifests. Losing the file costs time and leaves orphans,
 * nothing else.
 */
final class JournaledBlocks implements UploadedBlocks {
  private static final Logger LOG = LoggerFactory.getLogger(JournaledBlocks.class);

  private final BlobStore store;
  private final BlockNames names;
  private final BlockJournal journal;
  private final Map<String, String> left;

  private JournaledBlocks(BlobStore store, BlockNames names, BlockJournal journal)
      throws IOException {
    this.store = store;
    this.names = names;
    this.journal = journal;
    this.left = journal.read();
    journal.goOn();
  }

  /** Goes on with a broken upload of this name, else begins one. */
  static JournaledBlocks open(BlobStore store, BlockNames names, Path folder) throws IOException {
    var digest = ContentDigest.sha256();
    digest.update(names.manifest().getBytes(StandardCharsets.US_ASCII));
    String key = ContentDigest.hex(digest);
    return FullDisk.typed(
        store.name(),
        () -> {
          try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, key + ".*")) {
            for (Path file : files) {
              Optional<BlockJournal> mine = BlockJournal.claim(file);
              if (mine.isPresent()) {
                return opened(store, names, mine.get());
              }
            }
          }
          Path file = folder.resolve(key + "." + UUID.randomUUID());
          return opened(
              store,
              names,
              BlockJournal.claim(file)
                  .orElseThrow(() -> new IOException("can't lock a new file in " + folder)));
        });
  }

  private static JournaledBlocks opened(BlobStore store, BlockNames names, BlockJournal journal)
      throws IOException {
    try {
      return new JournaledBlocks(store, names, journal);
    } catch (IOException e) {
      journal.close();
      throw e;
    }
  }

  @Override
  public String name(int index, String upTo, int size) {
    return names.block(index, upTo, size);
  }

  @Override
  public Optional<String> find(int index, String upTo, int size) throws IOException {
    String key = BlockJournal.key(index, upTo, size);
    String id = left.get(key);
    if (id == null || store.stat(id).isEmpty()) {
      return Optional.empty();
    }
    left.remove(key);
    return Optional.of(id);
  }

  @Override
  public void add(int index, String upTo, Block block) throws IOException {
    FullDisk.typed(
        store.name(),
        () -> {
          journal.add(BlockJournal.key(index, upTo, block.size()), block.id());
          return block;
        });
  }

  /** Forgets the upload, and deletes blocks that an earlier try stored of other content. */
  @Override
  public void complete() throws IOException {
    journal.remove();
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
    journal.close();
  }
}
