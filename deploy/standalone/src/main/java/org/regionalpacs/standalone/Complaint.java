package org.regionalpacs.standalone;

/** A command can't do what was asked; the message tells the user why, in a line or two. */
final class Complaint extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The exit code where none has a meaning of its own. */
  static final int FAILED = 1;

  /** The exit code of a command that was called wrongly. */
  static final int USAGE = 2;

  /** The exit code of {@code status} and others when the product isn't running. */
  static final int NOT_RUNNING = 3;

  private final int exitCode;

  Complaint(String message) {
    this(message, FAILED);
  }

  Complaint(String message, int exitCode) {
    super(message);
    this.exitCode = exitCode;
  }

  Complaint(String message, Throwable cause) {
    super(message, cause);
    this.exitCode = FAILED;
  }

  int exitCode() {
    return exitCode;
  }
}
