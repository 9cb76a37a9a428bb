package org.regionalpacs.intake.reconcile;

import java.util.Optional;
import java.util.UUID;

/**
 * Something that a comparison found.
 *
 * @param path the file, relative to ROOT
 * @param series the folder it is in
 * @param sopInstance SOP Instance UID; empty when not known
 * @param receptionId the object; empty when not known
 * @param detail for people; holds no patient identity
 */
record Finding(
    FindingKind kind,
    String path,
    SeriesFolder series,
    String sopInstance,
    Optional<UUID> receptionId,
    String detail) {

  static Finding of(FindingKind kind, SeriesFolder series, IndexedObject object, String detail) {
    return new Finding(
        kind,
        object.place().path(),
        series,
        object.sopInstance(),
        Optional.of(object.receptionId()),
        detail);
  }
}
