package org.regionalpacs.test.fastdfs;

/** The status that a request is answered with instead of a body: numbers of {@code errno.h}. */
final class Status extends Exception {
  static final int MISSING = 2;
  static final int EXISTS = 17;
  static final int INVALID = 22;
  static final int FULL = 28;
  private static final long serialVersionUID = 1L;

  final int code;

  Status(int code) {
    super("status " + code, null, false, false);
    this.code = code;
  }
}
