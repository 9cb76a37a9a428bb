package org.regionalpacs.intake.reconcile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.regionalpacs.intake.OnlineObjects;
import org.regionalpacs.intake.reconcile.IndexedObject.Place;
import org.regionalpacs.intake.reconcile.SeriesFiles.OnlineFile;

/**
 * What is done about objects whose online file is gone or isn't what was received. Another file of
 * this node that holds the same takes its place; else the archived copy is left as the only one to
 * be read; else people are told. A damaged file for which there is another copy is put aside, so
 * that the object can be sent again.
 */
final class Repairs {
  private final OnlineObjects objects;
  private final IndexView index;
  private final RunReport report;

  Repairs(OnlineObjects objects, IndexView index, RunReport report) {
    this.objects = objects;
    this.index = index;
    this.report = report;
  }

  /** The file isn't there. */
  void gone(SeriesFolder series, IndexedObject object, List<IndexedObject> all) throws IOException {
    if (replaced(series, object, all)) {
      return;
    }
    if (object.archived() && !object.place().available()) {
      // Told when it was marked.
      return;
    }
    // Not when its row has gone meanwhile: then it was deleted.
    report.found(
        object.archived()
            ? Finding.of(FindingKind.MISSING, series, object, "gone; the archive has it")
            : Finding.of(FindingKind.LOST, series, object, "gone, and no copy is known"),
        () -> index.mark(series.tenant(), object, Place.MISSING));
  }

  /** The file isn't the object. */
  void damaged(SeriesFolder series, IndexedObject object, List<IndexedObject> all, String detail)
      throws IOException {
    if (replaced(series, object, all)) {
      aside(object);
      return;
    }
    if (!object.archived() || isShared(object)) {
      report.found(Finding.of(FindingKind.DAMAGED_ONLY_COPY, series, object, detail));
      return;
    }
    report.found(
        Finding.of(FindingKind.DAMAGED, series, object, detail),
        () -> index.mark(series.tenant(), object, Place.DAMAGED));
    aside(object);
  }

  /** The file of an object that was marked is there. */
  void back(SeriesFolder series, IndexedObject object, List<IndexedObject> all) throws IOException {
    if (!isWhole(object.place(), object)) {
      damaged(series, object, all, "not the object that was received");
    } else {
      report.found(
          Finding.of(FindingKind.RETURNED, series, object, "it is there again"),
          () -> index.mark(series.tenant(), object, Place.AVAILABLE));
    }
  }

  /** Whether the file at a path is the one that this object's reception wrote. */
  boolean isFileOf(IndexedObject object, String path) throws IOException {
    try {
      return objects
          .read(path)
          .filter(message -> message.receptionId().equals(object.receptionId()))
          .isPresent();
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private boolean replaced(SeriesFolder series, IndexedObject object, List<IndexedObject> all)
      throws IOException {
    for (IndexedObject other : all) {
      if (object.holdsSameAs(other)
          && other.place().available()
          && !other.place().path().equals(object.place().path())
          && isWhole(other.place(), object)
          && report.found(
              Finding.of(
                  FindingKind.RETURNED,
                  series,
                  object,
                  "the same came again, as " + other.place().path()),
              () -> index.repoint(series.tenant(), object, other))) {
        return true;
      }
    }
    return false;
  }

  /** Whether the file at a place holds the object. */
  private boolean isWhole(Place place, IndexedObject object) throws IOException {
    try {
      Optional<OnlineFile> file = SeriesFiles.look(objects.store().root(), place.path());
      return file.isPresent()
          && file.get().size() == place.length()
          && objects.digest(place.path(), object.dataSetOffset(), _ -> {}).equals(object.digest());
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /**
   * Whether the file has another name, as the archive on the same volume gives it: what happened to
   * its bytes happened to that copy.
   */
  private boolean isShared(IndexedObject object) throws IOException {
    try {
      Path file = objects.store().resolve(object.place().path());
      return (int) Files.getAttribute(file, "unix:nlink") > 1;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private void aside(IndexedObject object) throws IOException {
    objects.putAside(
        object.place().path(), object.receptionId(), object.dataSetOffset(), object.digest());
  }
}
