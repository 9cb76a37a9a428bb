package org.regionalpacs.index;

import java.util.SortedMap;
import java.util.UUID;

/**
 * That an object disagrees with the index.
 *
 * @param kind how
 * @param subject what tells this conflict from others of its kind in the study
 * @param instance the object
 * @param receptionId the object
 * @param objectId what is counted: mostly the reception id
 * @param differences by keyword
 */
record ConflictEntry(
    ConflictKind kind,
    String subject,
    InstanceIdentity instance,
    UUID receptionId,
    UUID objectId,
    SortedMap<String, Difference> differences) {

  /** An object that counts by itself. */
  static ConflictEntry of(
      ConflictKind kind, String subject, ReceivedObject object, SortedMap<String, Difference> by) {
    return new ConflictEntry(
        kind, subject, object.identity(), object.receptionId(), object.receptionId(), by);
  }

  /** The same whenever the same conflict is found. */
  UUID conflictId() {
    return HashedId.of(
        String.join("\0", kind.id(), instance.tenant(), instance.studyUid(), subject));
  }
}
