package org.regionalpacs.webworker.deletion;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.regionalpacs.index.DeletionJournal;
import org.regionalpacs.index.ReceptionKey;
import org.regionalpacs.index.Removals;
import org.regionalpacs.index.Removals.Removal;
import org.regionalpacs.messages.DeletionRecord;
import org.regionalpacs.nodes.DeleteFiles;
import org.regionalpacs.nodes.NodeTaskPlanner;
import org.regionalpacs.nodes.PlannedTask;
import org.regionalpacs.storage.ArchiveCatalogue;
import org.regionalpacs.storage.ArchiveName;
import org.regionalpacs.storage.ArchiveStores;
import org.regionalpacs.storage.BlobStore;
import org.regionalpacs.storage.cached.CacheKey;
import org.regionalpacs.storage.cached.HotCache;

/**
 * Removes what deletions have left: first it writes them into the journal, then it removes archived
 * objects and what Redis has of them, and has the nodes remove their online files. Each step can be
 * done again, by several at once.
 */
final class DeletedObjects {
  private final DeletionJournal journal;
  private final Removals removals;
  private final ArchiveStores archives;
  private final Optional<ArchiveCatalogue> catalogue;
  private final Optional<HotCache> cache;
  private final NodeTaskPlanner planner;
  private final int batch;

  DeletedObjects(
      DeletionJournal journal,
      Removals removals,
      ArchiveStores archives,
      Optional<ArchiveCatalogue> catalogue,
      Optional<HotCache> cache,
      NodeTaskPlanner planner,
      int batch) {
    this.journal = journal;
    this.removals = removals;
    this.archives = archives;
    this.catalogue = catalogue;
    this.cache = cache;
    this.planner = planner;
    this.batch = batch;
  }

  /** Until nothing is left but what others work on, or what rests after a failure. */
  void workOff() throws IOException {
    for (DeletionJournal.Entry entry : journal.waiting(batch)) {
      DeletionRecord written = record(entry);
      byte[] json = written.json();
      if (catalogue.isPresent()) {
        // Where the archive chooses ids nobody would find its copy.
        catalogue.get().addDeletion(written.name(), json);
      }
      archives.current().put(written.name(), new ByteArrayInputStream(json), json.length);
      journal.journaled(entry);
    }
    while (goesOn() && removals.handOver(batch, this::plan) == batch) {
      // There may be more.
    }
    for (BlobStore archive : archives.all()) {
      while (goesOn()
          && removals.remove(archive.name(), batch, removal -> remove(archive, removal)) == batch) {
        // There may be more.
      }
    }
  }

  private static DeletionRecord record(DeletionJournal.Entry entry) {
    return new DeletionRecord(
        DeletionRecord.SCHEMA_VERSION,
        entry.id(),
        entry.tenant(),
        entry.study(),
        entry.series(),
        entry.sop(),
        entry.requested(),
        entry.receptions());
  }

  private static boolean goesOn() {
    return !Thread.currentThread().isInterrupted();
  }

  private void remove(BlobStore archive, Removal removal) throws IOException {
    ReceptionKey key = removal.reception();
    forgetPictures(key);
    cache.ifPresent(hot -> {
      hot.forget(CacheKey.layout(key.tenant(), key.receptionId()));
      hot.forget(CacheKey.archived(key.tenant(), archive.name(), removal.blobId()));
    });
    new ArchiveName(key.tenant(), key.study(), key.series(), key.sop(), key.receptionId())
        .deleteFrom(archive, removal.blobId());
  }

  /** Pictures are kept of objects in any place, so what isn't archived yet may have some too. */
  private void forgetPictures(ReceptionKey key) {
    cache.ifPresent(hot -> hot.forget(CacheKey.rendered(key.tenant(), key.receptionId())));
  }

  /** In the transaction that forgets the removals, so that each is either here or there. */
  private void plan(List<Removal> files) {
    files.forEach(file -> forgetPictures(file.reception()));
    Map<String, List<DeleteFiles.File>> byNode =
        files.stream()
            .collect(
                Collectors.groupingBy(
                    Removal::node, Collectors.mapping(DeletedObjects::file, Collectors.toList())));
    byNode.forEach((node, mine) ->
        planner.plan(
            PlannedTask.now(
                node, DeleteFiles.KIND, UUID.randomUUID().toString(), new DeleteFiles(mine))));
  }

  private static DeleteFiles.File file(Removal removal) {
    return new DeleteFiles.File(
        removal.blobId(), removal.reception().receptionId(), removal.cutoff());
  }
}
