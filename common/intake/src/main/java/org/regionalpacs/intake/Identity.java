package org.regionalpacs.intake;

import java.util.Optional;
import java.util.stream.Stream;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.intake.IntakeException.Reason;

/**
 * Which object a data set is, as it says itself. UIDs are trimmed; empty where the data set has
 * none.
 */
record Identity(
    String sopClass, String sopInstance, String study, String series, String patientId) {

  /** What is known of a data set that could not be read. */
  static final Identity NONE = new Identity("", "", "", "", "");

  static Identity of(Attributes dataSet) {
    return new Identity(
        uid(dataSet, Tag.SOPClassUID),
        uid(dataSet, Tag.SOPInstanceUID),
        uid(dataSet, Tag.StudyInstanceUID),
        uid(dataSet, Tag.SeriesInstanceUID),
        dataSet.getString(Tag.PatientID, ""));
  }

  /** Whether a tag is needed to tell an identity. */
  static boolean needs(int tag) {
    return switch (tag) {
      case Tag.SpecificCharacterSet,
          Tag.SOPClassUID,
          Tag.SOPInstanceUID,
          Tag.PatientID,
          Tag.StudyInstanceUID,
          Tag.SeriesInstanceUID ->
          true;
      default -> false;
    };
  }

  private static String uid(Attributes dataSet, int tag) {
    return UidRule.trim(dataSet.joined(tag));
  }

  /** Whether all is there that gives the object its place. */
  boolean isComplete() {
    return Stream.of(sopInstance, study, series).noneMatch(String::isEmpty);
  }

  /**
   * The identity to store the object under. A C-STORE command that announces another object is
   * refused (PS3.4 B.2.3); file meta information that contradicts its data set is common in the
   * field and is written anew, so the data set counts.
   *
   * @throws IntakeException when it has none, one that can't be a path, or another than announced
   */
  Identity checkedAgainst(Reception reception) throws IntakeException {
    requireUid(sopInstance, "SOPInstanceUID");
    requireUid(study, "StudyInstanceUID");
    requireUid(series, "SeriesInstanceUID");
    Optional<String> claimedClass = claimed(reception.sopClass());
    if (reception.source() == Source.DIMSE) {
      requireSame(sopInstance, claimed(reception.sopInstance()), "SOPInstanceUID");
      requireSame(sopClass, claimedClass, "SOPClassUID");
    }
    String usedClass = sopClass.isEmpty() ? claimedClass.orElse("") : sopClass;
    if (!usedClass.isEmpty()) {
      requireUid(usedClass, "SOPClassUID");
    }
    return new Identity(usedClass, sopInstance, study, series, patientId);
  }

  private static Optional<String> claimed(Optional<String> uid) {
    return uid.map(UidRule::trim).filter(text -> !text.isEmpty());
  }

  private static void requireSame(String uid, Optional<String> claimed, String keyword)
      throws IntakeException {
    if (!uid.isEmpty() && claimed.isPresent() && !claimed.get().equals(uid)) {
      throw new IntakeException(
          Reason.IDENTITY_MISMATCH, keyword + " of data set is not the one announced");
    }
  }

  private static void requireUid(String uid, String keyword) throws IntakeException {
    if (uid.isEmpty()) {
      throw new IntakeException(Reason.MISSING_IDENTITY, "data set has no " + keyword);
    }
    if (!UID.isUsable(uid)) {
      throw new IntakeException(Reason.INVALID_UID, keyword + " is not a valid UID");
    }
  }
}
