package org.regionalpacs.dicom.net;

import java.util.Optional;

/**
 * The status codes of DIMSE responses, with their meaning and where they are defined. Of the ranges
 * of PS3.4 (A7xx, A9xx, Cxxx) the first code stands for all.
 */
public enum Status {
  SUCCESS(0x0000, Category.SUCCESS, "Success", "PS3.7 C.1.1"),
  PROCESSING_FAILURE(0x0110, Category.FAILURE, "Processing failure", "PS3.7 C.5.21"),
  DUPLICATE_SOP_INSTANCE(0x0111, Category.FAILURE, "Duplicate SOP Instance", "PS3.7 C.5.6"),
  NO_SUCH_SOP_INSTANCE(0x0112, Category.FAILURE, "No such SOP Instance", "PS3.7 C.5.19"),
  INVALID_ARGUMENT_VALUE(0x0115, Category.FAILURE, "Invalid argument value", "PS3.7 C.5.10"),
  INVALID_SOP_INSTANCE(0x0117, Category.FAILURE, "Invalid SOP Instance", "PS3.7 C.5.12"),
  NO_SUCH_SOP_CLASS(0x0118, Category.FAILURE, "No such SOP Class", "PS3.7 C.5.18"),
  SOP_CLASS_NOT_SUPPORTED(
      0x0122, Category.FAILURE, "Refused: SOP Class not supported", "PS3.7 C.5.24"),
  NOT_AUTHORIZED(0x0124, Category.FAILURE, "Refused: Not authorized", "PS3.7 C.5.20"),
  DUPLICATE_INVOCATION(0x0210, Category.FAILURE, "Duplicate invocation", "PS3.7 C.5.7"),
  UNRECOGNIZED_OPERATION(0x0211, Category.FAILURE, "Unrecognized operation", "PS3.7 C.5.23"),
  MISTYPED_ARGUMENT(0x0212, Category.FAILURE, "Mistyped argument", "PS3.7 C.5.15"),
  RESOURCE_LIMITATION(0x0213, Category.FAILURE, "Resource limitation", "PS3.7 C.5.22"),
  OUT_OF_RESOURCES(0xA700, Category.FAILURE, "Refused: Out of resources", "PS3.4 B.2.3"),
  DATA_SET_DOES_NOT_MATCH_SOP_CLASS(
      0xA900, Category.FAILURE, "Error: Data Set does not match SOP Class", "PS3.4 B.2.3"),
  CANNOT_UNDERSTAND(0xC000, Category.FAILURE, "Error: Cannot understand", "PS3.4 B.2.3"),
  COERCION_OF_DATA_ELEMENTS(
      0xB000, Category.WARNING, "Warning: Coercion of Data Elements", "PS3.4 B.2.3"),
  ELEMENTS_DISCARDED(0xB006, Category.WARNING, "Warning: Elements discarded", "PS3.4 B.2.3"),
  DATA_SET_MISMATCH_STORED(
      0xB007, Category.WARNING, "Warning: Data Set does not match SOP Class", "PS3.4 B.2.3"),
  CANCEL(0xFE00, Category.CANCEL, "Cancel", "PS3.7 C.3.1"),
  PENDING(0xFF00, Category.PENDING, "Pending", "PS3.7 C.2.1");

  /** The kinds of status (PS3.7 Annex C). */
  public enum Category {
    SUCCESS,
    WARNING,
    FAILURE,
    CANCEL,
    PENDING
  }

  private final int code;
  private final Category category;
  private final String meaning;
  private final String section;

  Status(int code, Category category, String meaning, String section) {
    this.code = code;
    this.category = category;
    this.meaning = meaning;
    this.section = section;
  }

  /** The value of the element Status. */
  public int code() {
    return code;
  }

  public Category category() {
    return category;
  }

  public String meaning() {
    return meaning;
  }

  /** The part and section of the standard that defines it. */
  public String section() {
    return section;
  }

  /** The known status of this code, or the one that stands for its range; empty for others. */
  public static Optional<Status> of(int code) {
    for (Status status : values()) {
      if (status.code == code) {
        return Optional.of(status);
      }
    }
    return switch (code >>> 8) {
      case 0xA7 -> Optional.of(OUT_OF_RESOURCES);
      case 0xA9 -> Optional.of(DATA_SET_DOES_NOT_MATCH_SOP_CLASS);
      default -> code >>> 12 == 0xC ? Optional.of(CANNOT_UNDERSTAND) : Optional.empty();
    };
  }

  /** The category of any code, known or not (PS3.7 C). */
  public static Category categoryOf(int code) {
    return of(code)
        .map(Status::category)
        .orElse(
            code == 0x0001 || code == 0x0107 || code == 0x0116 || code >>> 12 == 0xB
                ? Category.WARNING
                : Category.FAILURE);
  }

  /**
   * The code as it is usually written, with its meaning: {@code A700 (Refused: Out of resources)}.
   */
  public static String describe(int code) {
    return of(code)
        .map(status -> "%04X (%s)".formatted(code, status.meaning))
        .orElseGet(() -> "%04X".formatted(code));
  }
}
