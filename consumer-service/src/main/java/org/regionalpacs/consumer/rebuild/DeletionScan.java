package org.regionalpacs.consumer.rebuild;

import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;
import org.regionalpacs.index.DeletionJournal.Entry;
import org.regionalpacs.index.DeletionRestoring;
import org.regionalpacs.messages.DeletionRecord;
import org.regionalpacs.messages.UnreadableMessageException;
import org.regionalpacs.storage.ArchiveListing;

/** Takes the journal of deletions into the index. */
final class DeletionScan {
  private static final int SUFFIX = ".json".length();

  private final ArchiveListing archives;
  private final DeletionRestoring deletions;

  DeletionScan(ArchiveListing archives, DeletionRestoring deletions) {
    this.archives = archives;
    this.deletions = deletions;
  }

  /**
   * Takes all in. One that nobody can read and the index doesn't know ends the rebuild: what it
   * deleted would come back.
   */
  void run(RebuildReport report) throws IOException, RebuildException {
    report.observer().begins("deletions", 0);
    long[] seen = {0};
    try {
      archives.deletions(
          DeletionRecord.FOLDER,
          (file, json) -> {
            if (restore(file, json)) {
              report.deletions++;
            }
            report.observer().done(++seen[0]);
          });
    } catch (UnreadableJournalException e) {
      throw new RebuildException(e.getMessage(), e);
    }
  }

  private boolean restore(Path file, byte[] json) throws UnreadableJournalException {
    try {
      DeletionRecord record = DeletionRecord.read(json);
      return deletions.restore(
          new Entry(
              record.tenant(),
              record.deletionId(),
              record.study(),
              record.series(),
              record.sopInstance(),
              record.requested(),
              record.receptions()));
    } catch (UnreadableMessageException e) {
      if (isKnown(file)) {
        return false;
      }
      throw new UnreadableJournalException(file, e);
    }
  }

  private boolean isKnown(Path file) {
    String name = file.getFileName().toString();
    try {
      UUID id = UUID.fromString(name.substring(0, Math.max(0, name.length() - SUFFIX)));
      return deletions.knows(file.getParent().getFileName().toString(), id);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static final class UnreadableJournalException extends IOException {
    private static final long serialVersionUID = 1L;

    UnreadableJournalException(Path file, Exception cause) {
      super(
          file
              + " is the record of a deletion and can't be read: what it deleted would come back."
              + " Restore the file from a backup, or take it away if you want that",
          cause);
    }
  }
}
