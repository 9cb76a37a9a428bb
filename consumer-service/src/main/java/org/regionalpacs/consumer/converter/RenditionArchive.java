package org.regionalpacs.consumer.converter;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.regionalpacs.index.InstanceObject;
import org.regionalpacs.index.ObjectLocation;
import org.regionalpacs.index.PossibleOrphan;
import org.regionalpacs.index.PossibleOrphans;
import org.regionalpacs.index.Rendition;
import org.regionalpacs.index.Renditions;
import org.regionalpacs.messages.ReceptionId;
import org.regionalpacs.storage.ArchiveCatalogue;
import org.regionalpacs.storage.ArchiveName;
import org.regionalpacs.storage.ArchiveStores;
import org.regionalpacs.storage.BlobCorruptException;
import org.regionalpacs.storage.BlobName;
import org.regionalpacs.storage.BlobStore;
import org.regionalpacs.storage.ContentDigest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Keeps renditions in the archive, under names made of their own ids. */
@Component
class RenditionArchive {
  private static final Logger LOG = LoggerFactory.getLogger(RenditionArchive.class);

  private final ArchiveStores stores;
  private final Renditions renditions;
  private final PossibleOrphans orphans;
  private final Optional<ArchiveCatalogue> catalogue;

  RenditionArchive(
      ArchiveStores stores,
      Renditions renditions,
      PossibleOrphans orphans,
      ObjectProvider<ArchiveCatalogue> catalogue) {
    this.stores = stores;
    this.renditions = renditions;
    this.orphans = orphans;
    this.catalogue = catalogue.stream().findFirst();
  }

  /** Whether an archive has it still. */
  boolean has(Rendition rendition) throws IOException {
    for (ObjectLocation place : rendition.locations()) {
      for (BlobStore store : stores.all()) {
        if (store.name().equals(place.store()) && store.stat(place.blobId()).isPresent()) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * Stores it, reads it back and records it. Whoever dies in between leaves nothing that isn't
   * known: names are on record before they are used, and ids that a store chooses, in the catalogue
   * or the store's list of possible orphans.
   *
   * @return false when it isn't wanted any more
   * @throws UselessRenditionException when the archive has no names for such UIDs
   */
  boolean keep(InstanceObject object, Goal goal, RenditionFile made)
      throws IOException, UselessRenditionException {
    BlobStore archive = stores.current();
    UUID id = ReceptionId.next();
    ArchiveName name =
        new ArchiveName(object.tenant(), object.study(), object.series(), object.sop(), id);
    requireName(name);
    if (archive.keepsNames()) {
      renditions.begin(object.key(), goal.kind(), id, archive.name(), name.object());
    }
    byte[] manifest = RenditionManifest.of(id, object, goal, made).json();
    String blob = name.storeIn(archive, made.path(), manifest);
    boolean known = archive.keepsNames();
    try {
      if (catalogue.isPresent()) {
        catalogue.get().add(archive.name(), new ArchiveCatalogue.Entry(object.tenant(), id, blob));
        catalogue.get().flush();
      }
      requireKept(archive, blob, made);
      boolean kept = record(object, goal, made, archive, id, blob);
      known = true;
      return kept;
    } finally {
      if (!known) {
        removeUnknown(archive, name, blob, made.size());
      }
    }
  }

  /** Its id is on record nowhere. Should the record have succeeded unnoticed, it is made again. */
  private void removeUnknown(BlobStore archive, ArchiveName name, String blob, long size) {
    try {
      archive.delete(blob);
    } catch (IOException | RuntimeException e) {
      LOG.warn("A rendition that couldn't be recorded stays in {} as {}", archive.name(), blob, e);
      orphans.add(
          new PossibleOrphan(
              UUID.randomUUID(),
              Instant.now().truncatedTo(ChronoUnit.MILLIS),
              archive.name(),
              "",
              name.object(),
              size,
              size,
              OptionalLong.empty(),
              Optional.of(blob),
              "a rendition that couldn't be recorded: " + e.getMessage()));
    }
  }

  private boolean record(
      InstanceObject object, Goal goal, RenditionFile made, BlobStore archive, UUID id, String blob)
      throws IOException {
    Rendition rendition =
        new Rendition(
            id,
            goal.kind(),
            goal.terms(),
            made.sop(),
            goal.target().transferSyntax(),
            made.dataSetDigest(),
            made.size(),
            made.dataSetOffset(),
            List.of(new ObjectLocation(archive.name(), "", blob, 0, made.size())));
    return switch (renditions.end(
        object.key(), rendition, archive.blockList(blob), archive.keepsNames())) {
      case RECORDED -> true;
      case UNWANTED -> false;
      case OVERTAKEN -> throw new IOException("another process is making the same rendition");
    };
  }

  private static void requireName(ArchiveName name) throws UselessRenditionException {
    try {
      BlobName.require(name.object());
    } catch (IllegalArgumentException e) {
      throw new UselessRenditionException("the archive can't name it");
    }
  }

  private static void requireKept(BlobStore archive, String blob, RenditionFile made)
      throws IOException {
    try (InputStream kept = archive.get(blob, 0, made.size())) {
      if (!ContentDigest.of(kept).equals(made.fileDigest())) {
        throw new BlobCorruptException(archive.name(), blob, "it isn't what was stored");
      }
    }
  }
}
