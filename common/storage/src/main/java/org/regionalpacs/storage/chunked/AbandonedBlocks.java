package org.regionalpacs.storage.chunked;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import org.regionalpacs.storage.BlobStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes the blocks of uploads that broke and that nobody has gone on with for long. Whoever
 * cleans has the journal's lock: a put that would go on with it meanwhile begins a new one.
 */
final class AbandonedBlocks {
  private static final Logger LOG = LoggerFactory.getLogger(AbandonedBlocks.class);

  private final BlobStore store;
  private final Path journals;
  private final BlockListSource lists;

  AbandonedBlocks(BlobStore store, Path journals, BlockListSource lists) {
    this.store = store;
    this.journals = journals;
    this.lists = lists;
  }

  /**
   * Deletes what was abandoned: the blocks, then the journal that lists them.
   *
   * @param age nobody touched the journal for so long
   * @return uploads whose blocks are gone
   * @throws IOException when the store, or who knows the lists of blocks, can't be asked now
   */
  int clean(Duration age) throws IOException {
    Instant before = Instant.now().minus(age);
    int cleaned = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(journals)) {
      for (Path file : files) {
        if (old(file, before)) {
          cleaned += clean(file, before);
        }
      }
    }
    return cleaned;
  }

  private static boolean old(Path file, Instant before) throws IOException {
    try {
      return Files.getLastModifiedTime(file).toInstant().isBefore(before);
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private int clean(Path file, Instant before) throws IOException {
    Optional<BlockJournal> claimed = BlockJournal.claim(file);
    if (claimed.isEmpty()) {
      return 0;
    }
    try (BlockJournal journal = claimed.get()) {
      // Somebody may have gone on with it since the first look.
      if (!old(file, before)) {
        return 0;
      }
      Collection<String> blocks = journal.read().values();
      // A journal whose removal a loss of power has undone lists blocks that are in use.
      if (lists.names(blocks)) {
        LOG.warn("{} lists blocks that are in use, they stay", file);
      } else {
        for (String block : blocks) {
          store.delete(block);
        }
        LOG.info("{} blocks of an abandoned upload deleted from {}", blocks.size(), store.name());
      }
      journal.remove();
      return 1;
    }
  }
}
