package org.regionalpacs.storescp.receive;

import org.regionalpacs.dicom.net.Status;
import org.regionalpacs.intake.IntakeException;

/** The one table from why the intake refused an object to the status that says so. */
final class IntakeStatus {
  private IntakeStatus() {}

  static Status of(IntakeException.Reason reason) {
    return switch (reason) {
      case OUT_OF_RESOURCES -> Status.OUT_OF_RESOURCES;
      case MISSING_IDENTITY, IDENTITY_MISMATCH -> Status.DATA_SET_DOES_NOT_MATCH_SOP_CLASS;
      case INVALID_UID -> Status.INVALID_SOP_INSTANCE;
      case CANNOT_UNDERSTAND -> Status.CANNOT_UNDERSTAND;
      // Sent again, it is published: out of resources is what senders try again after.
      case NOT_PUBLISHED -> Status.OUT_OF_RESOURCES;
    };
  }
}
