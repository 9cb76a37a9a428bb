package org.regionalpacs.intake.reconcile;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.regionalpacs.intake.reconcile.SeriesFiles.OnlineFile;

/**
 * Compares a series' folder with the index, by names and sizes. The folder is listed before the
 * index is asked: a file that was on its way then is young, and is left alone.
 */
final class SeriesComparison {
  private final Path root;
  private final IndexView index;
  private final ReconcileProperties properties;
  private final RunReport report;
  private final Announcements announcements;
  private final Repairs repairs;

  SeriesComparison(
      Path root,
      IndexView index,
      ReconcileProperties properties,
      RunReport report,
      Announcements announcements,
      Repairs repairs) {
    this.root = root;
    this.index = index;
    this.properties = properties;
    this.report = report;
    this.announcements = announcements;
    this.repairs = repairs;
  }

  void compare(SeriesFolder series) throws IOException {
    SeriesFiles files = SeriesFiles.list(root, series);
    List<IndexedObject> objects = index.objects(series);
    report.run().files += files.byPath().size();
    Set<String> known = new HashSet<>();
    for (IndexedObject object : objects) {
      if (!object.place().evicted()) {
        known.add(object.place().path());
      }
    }
    for (IndexedObject object : objects) {
      if (object.place().evicted()) {
        evicted(series, object, objects, files, known);
      } else if (isOld(object.received(), properties.grace())) {
        compare(series, object, objects, files);
      }
    }
    for (OnlineFile file : files.byPath().values()) {
      if (!known.contains(file.path()) && isOld(file.modified(), properties.grace())) {
        announcements.unindexed(series, file);
      }
    }
  }

  private void compare(
      SeriesFolder series, IndexedObject object, List<IndexedObject> all, SeriesFiles files)
      throws IOException {
    Optional<OnlineFile> file = Optional.ofNullable(files.byPath().get(object.place().path()));
    if (file.isEmpty()) {
      // It may have come since the folder was listed.
      file = SeriesFiles.look(root, object.place().path());
    }
    switch (object.place().state()) {
      case IndexedObject.Place.AVAILABLE -> available(series, object, all, file);
      case IndexedObject.Place.MISSING, IndexedObject.Place.DAMAGED -> {
        if (file.isPresent()) {
          repairs.back(series, object, all);
        } else {
          repairs.gone(series, object, all);
        }
      }
      default -> {
        // Others have said what became of it.
      }
    }
  }

  private void available(
      SeriesFolder series, IndexedObject object, List<IndexedObject> all, Optional<OnlineFile> file)
      throws IOException {
    long length = object.place().length();
    if (file.isEmpty()) {
      repairs.gone(series, object, all);
    } else if (file.get().size() != length) {
      repairs.damaged(
          series, object, all, file.get().size() + " bytes, not the " + length + " received");
    } else if (!object.archived()
        && properties.archiveAfter().isPositive()
        && isOld(object.received(), properties.archiveAfter())) {
      announcements.unarchived(series, object);
    }
  }

  /**
   * No file is expected. One may be there all the same: a crash left it, then it is the object's
   * own; or another of the same SOP Instance UID has come since, and taken the name.
   */
  private void evicted(
      SeriesFolder series,
      IndexedObject object,
      List<IndexedObject> all,
      SeriesFiles files,
      Set<String> known)
      throws IOException {
    String path = object.place().path();
    if (files.byPath().containsKey(path)
        && !known.contains(path)
        && repairs.isFileOf(object, path)) {
      known.add(path);
      repairs.back(series, object, all);
    } else if (!object.archived()) {
      repairs.gone(series, object, all);
    }
  }

  private static boolean isOld(Instant time, Duration age) {
    return time.isBefore(Instant.now().minus(age));
  }
}
