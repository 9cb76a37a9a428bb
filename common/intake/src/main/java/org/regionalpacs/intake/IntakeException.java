package org.regionalpacs.intake;

import java.util.Objects;

/**
 * An object was refused, and nobody is told of it. The message is at most 64 ASCII characters, so
 * that it fits a DIMSE Error Comment (0000,0902), and carries no patient identity.
 */
public final class IntakeException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Longest value of an LO element (PS3.5 6.2). */
  private static final int MAX_COMMENT = 64;

  /** Why an object was refused. */
  public enum Reason {
    /** Disk full, below its free-space mark or failing: DIMSE A700, HTTP 503. */
    OUT_OF_RESOURCES,
    /** The data set lacks a UID that tells where it belongs: DIMSE A900. */
    MISSING_IDENTITY,
    /** The data set is another object, or of another class, than the command says: DIMSE A900. */
    IDENTITY_MISMATCH,
    /** A UID can't be a UID, nor a file name: DIMSE 0117 or C000. */
    INVALID_UID,
    /** No data set could be read: DIMSE C000. */
    CANNOT_UNDERSTAND,
    /**
     * The file is durable but its message is not: DIMSE A700, HTTP 503. Sending the object again
     * finds the file and publishes it.
     */
    NOT_PUBLISHED
  }

  private final Reason reason;

  IntakeException(Reason reason, String message) {
    super(comment(message));
    this.reason = Objects.requireNonNull(reason);
  }

  IntakeException(Reason reason, String message, Throwable cause) {
    super(comment(message), cause);
    this.reason = Objects.requireNonNull(reason);
  }

  /** What kind of refusal this is. */
  public Reason reason() {
    return reason;
  }

  private static String comment(String message) {
    String ascii = message.replaceAll("[^\\x20-\\x5B\\x5D-\\x7E]", "?");
    return ascii.length() <= MAX_COMMENT ? ascii : ascii.substring(0, MAX_COMMENT);
  }
}
