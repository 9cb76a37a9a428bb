package org.regionalpacs.consumer.rebuild;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.regionalpacs.consumer.rebuild.IndexRebuild.Missing;
import org.regionalpacs.index.RebuildList;
import org.regionalpacs.index.RebuildList.Copy;
import org.regionalpacs.index.RebuildList.ListedRendition;
import org.regionalpacs.index.RebuildList.Position;
import org.regionalpacs.index.RebuildList.Reception;
import org.regionalpacs.storage.ArchiveListing;
import org.regionalpacs.storage.ArchiveListing.Listed;
import org.regionalpacs.storage.BlobStore;

/** Lists what archives hold. What isn't online is known by its manifest. */
final class ArchiveScan {
  private static final int CHUNK = 500;
  private static final SideBySide READERS = new SideBySide(16);

  /** An archive that doesn't give more of what it should have is away. */
  private static final int MOST_AWAY = 100;

  private final ArchiveListing archives;
  private final RebuildList list;
  private final ArchivedObjectReader reader;
  private final Missing missing;
  private int away;

  /**
   * @param missing what to do when an archive doesn't give an object
   */
  ArchiveScan(
      ArchiveListing archives, RebuildList list, ArchivedObjectReader reader, Missing missing) {
    this.archives = archives;
    this.list = list;
    this.reader = reader;
    this.missing = missing;
  }

  /**
   * Lists all of them.
   *
   * @throws IOException when an archive can't be read now
   */
  void run(RebuildReport report) throws IOException {
    for (BlobStore store : archives.stores()) {
      report.observer().begins("archive " + store.name(), 0);
      try (Stream<Listed> objects = archives.objects(store)) {
        take(store, (Iterable<Listed>) objects::iterator, report);
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
    }
  }

  private void take(BlobStore store, Iterable<Listed> objects, RebuildReport report)
      throws IOException {
    List<Listed> chunk = new ArrayList<>(CHUNK);
    long seen = 0;
    for (Listed object : objects) {
      chunk.add(object);
      if (chunk.size() == CHUNK) {
        take(store, chunk, report);
        report.observer().done(seen += CHUNK);
        chunk.clear();
      }
    }
    take(store, chunk, report);
    report.observer().done(seen + chunk.size());
  }

  private void take(BlobStore store, List<Listed> chunk, RebuildReport report) throws IOException {
    Map<UUID, Reception> known =
        list.receptions(
            chunk.stream().map(each -> new Position(each.tenant(), each.id())).toList());
    List<Reception> receptions = new ArrayList<>();
    List<Copy> copies = new ArrayList<>();
    List<ListedRendition> renditions = new ArrayList<>();
    List<ArchivedObject> found =
        READERS.all(
            chunk, each -> reader.read(store, each, Optional.ofNullable(known.get(each.id()))));
    Set<UUID> toGo = toGo(chunk, found);
    for (int i = 0; i < chunk.size(); i++) {
      switch (toGo.contains(chunk.get(i).id()) ? new ArchivedObject.Dead() : found.get(i)) {
        case ArchivedObject.Known(Copy copy) -> copies.add(copy);
        case ArchivedObject.Described(Copy copy, byte[] message) -> {
          copies.add(copy);
          receptions.add(
              new Reception(
                  copy.tenant(),
                  copy.object(),
                  false,
                  new String(message, StandardCharsets.UTF_8)));
        }
        case ArchivedObject.OfRendition(Copy copy, byte[] manifest) -> {
          copies.add(copy);
          renditions.add(
              new ListedRendition(
                  copy.tenant(), copy.object(), new String(manifest, StandardCharsets.UTF_8)));
        }
        case ArchivedObject.Away(String why) -> withoutAnswer(why, report);
        case ArchivedObject.NotDescribed _ -> {
          // Reconcile has the object announced to the archiver again.
        }
        case ArchivedObject.Gone _ -> report.withoutBlob++;
        case ArchivedObject.Dead _ -> report.dead++;
        case ArchivedObject.Unusable(String why) -> report.trouble(why);
      }
    }
    list.addReceptions(receptions);
    list.addCopies(copies);
    list.addRenditions(renditions);
  }

  /** One object that never comes must not keep the others from being indexed for good. */
  private void withoutAnswer(String why, RebuildReport report) throws IOException {
    if (missing == Missing.REFUSE) {
      throw new IOException(why + " (--forget-missing goes on without it)");
    }
    if (++away > MOST_AWAY) {
      throw new IOException("so is it with more than %d objects: %s".formatted(MOST_AWAY, why));
    }
    report.trouble(why);
  }

  /** Half a rendition, or a whole one that is to be removed, isn't taken up. */
  private Set<UUID> toGo(List<Listed> chunk, List<ArchivedObject> found) {
    List<Position> asked = new ArrayList<>();
    for (int i = 0; i < chunk.size(); i++) {
      if (found.get(i) instanceof ArchivedObject.OfRendition
          || found.get(i) instanceof ArchivedObject.Unusable) {
        asked.add(new Position(chunk.get(i).tenant(), chunk.get(i).id()));
      }
    }
    return list.toGo(asked);
  }
}
