package org.regionalpacs.storage.fastdfs;

import java.io.IOException;

/** A server answered with a status other than 0. */
final class StatusException extends IOException {
  static final int MISSING = 2;
  static final int INVALID = 22;
  static final int FULL = 28;
  private static final long serialVersionUID = 1L;

  private final int status;

  /**
   * A status as the client gives it, maybe as a signed byte.
   *
   * @param server which one, for people
   */
  StatusException(String server, int status) {
    super(server + " answered status " + (status & 0xFF) + " (" + meaning(status & 0xFF) + ")");
    this.status = status & 0xFF;
  }

  int status() {
    return status;
  }

  private static String meaning(int status) {
    return switch (status) {
      case MISSING -> "no such file here, or no active storage";
      case 5 -> "input or output error";
      case 16 -> "busy";
      case 17 -> "exists";
      case INVALID -> "invalid request";
      case FULL -> "no space";
      default -> "error " + status;
    };
  }
}
