package org.regionalpacs.dicom.net;

/** Values of Command Field and Command Data Set Type (PS3.7 E.1). */
final class Command {
  static final int C_STORE_RQ = 0x0001;
  static final int C_ECHO_RQ = 0x0030;
  static final int C_CANCEL_RQ = 0x0FFF;

  /** Set in the command field of every response. */
  static final int RESPONSE = 0x8000;

  static final int C_STORE_RSP = C_STORE_RQ | RESPONSE;
  static final int C_ECHO_RSP = C_ECHO_RQ | RESPONSE;

  /**
   * Command Data Set Type of a message without a data set; every other value means there is one.
   */
  static final int NO_DATA_SET = 0x0101;

  /** Some data set follows. */
  static final int DATA_SET = 0x0000;

  static final int PRIORITY_MEDIUM = 0;

  private Command() {}
}
