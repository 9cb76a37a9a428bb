package org.regionalpacs.wado.store;

import java.util.Optional;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.messages.StorageMessage;

/** What became of one object, or of a part that is none. */
sealed interface StoreOutcome {

  /** It is durable. */
  record Stored(StorageMessage object) implements StoreOutcome {}

  /**
   * It was refused.
   *
   * @param object which one, where that is known: then it stands in the Failed SOP Sequence, else
   *     in the Other Failures Sequence
   * @param reason for programs
   * @param comment for people; holds no patient identity
   */
  record Failed(Optional<Reference> object, FailureReason reason, String comment)
      implements StoreOutcome {

    /** Of something that isn't an object one could name. */
    static Failed nameless(FailureReason reason, String comment) {
      return new Failed(Optional.empty(), reason, comment);
    }
  }

  /**
   * An object's names.
   *
   * @param sopClass empty where it isn't known
   */
  record Reference(String sopClass, String sopInstance) {

    /** As file meta information has them. */
    static Optional<Reference> ofFileMeta(Attributes meta) {
      return of(
          meta.getString(Tag.MediaStorageSOPClassUID, ""),
          meta.getString(Tag.MediaStorageSOPInstanceUID, ""));
    }

    /** As the data set has them. */
    static Optional<Reference> ofDataSet(Attributes dataSet) {
      return of(dataSet.getString(Tag.SOPClassUID, ""), dataSet.getString(Tag.SOPInstanceUID, ""));
    }

    /** Empty without an instance UID that can be one. */
    static Optional<Reference> of(String sopClass, String sopInstance) {
      return UID.isUsable(sopInstance)
          ? Optional.of(new Reference(UID.isUsable(sopClass) ? sopClass : "", sopInstance))
          : Optional.empty();
    }
  }
}
