package org.regionalpacs.dicom.net;

/**
 * The outcome of a C-STORE.
 *
 * @param status the code of a {@link Status}, or another of its range
 * @param errorComment why, for whoever reads the sender's log; at most 64 ASCII characters (longer
 *     text is cut, other characters replaced), empty for none
 */
public record StoreResult(int status, String errorComment) {
  /** Longest value of an LO element (PS3.5 6.2). */
  private static final int MAX_COMMENT = 64;

  public StoreResult {
    // A backslash would separate two values.
    String ascii = errorComment.replaceAll("[^\\x20-\\x5B\\x5D-\\x7E]", "?").strip();
    errorComment = ascii.length() <= MAX_COMMENT ? ascii : ascii.substring(0, MAX_COMMENT);
  }

  public static StoreResult success() {
    return new StoreResult(Status.SUCCESS.code(), "");
  }

  public static StoreResult of(Status status, String errorComment) {
    return new StoreResult(status.code(), errorComment);
  }
}
