package org.regionalpacs.wado.store;

import org.regionalpacs.intake.IntakeException;

/** Values of Failure Reason (0008,1197), as PS3.18 Table I.2-2 has them. */
enum FailureReason {
  OUT_OF_RESOURCES(0xA700),
  NOT_PUBLISHED(0xA701),
  /** Longer than what is taken. */
  TOO_LARGE(0xA702),
  NOT_MATCHING(0xA900),
  CANNOT_UNDERSTAND(0xC000),
  /** Metadata and bulk data don't fit together. */
  BULK_DATA(0xC001),
  /** Pixel data of a media type or transfer syntax that can't be stored. */
  TRANSFER_SYNTAX(0xC122),
  /** A data set of another study than the request's path names. */
  OTHER_STUDY(0xC409);

  private final int code;

  FailureReason(int code) {
    this.code = code;
  }

  static FailureReason of(IntakeException.Reason reason) {
    return switch (reason) {
      case OUT_OF_RESOURCES -> OUT_OF_RESOURCES;
      case NOT_PUBLISHED -> NOT_PUBLISHED;
      case MISSING_IDENTITY, IDENTITY_MISMATCH -> NOT_MATCHING;
      case INVALID_UID, CANNOT_UNDERSTAND -> CANNOT_UNDERSTAND;
    };
  }

  int code() {
    return code;
  }

  /** Whether sending the object again later may help. */
  boolean passing() {
    return this == OUT_OF_RESOURCES || this == NOT_PUBLISHED;
  }
}
