package org.regionalpacs.dicom.net;

/**
 * The answer to a C-STORE request.
 *
 * @param status the code; see {@link Status#describe}
 * @param errorComment the server's reason, empty when it gave none
 */
public record StoreResponse(int status, String errorComment) {
  /** Whether the object is stored: success or a warning. */
  public boolean stored() {
    Status.Category category = Status.categoryOf(status);
    return category == Status.Category.SUCCESS || category == Status.Category.WARNING;
  }

  @Override
  public String toString() {
    return errorComment.isEmpty()
        ? Status.describe(status)
        : Status.describe(status) + ": " + errorComment;
  }
}
