package org.regionalpacs.dicom.net;

/** The elements of command sets, group 0000 (PS3.7 E.1), that are used here. */
enum CommandElement {
  GROUP_LENGTH(0x0000),
  AFFECTED_SOP_CLASS_UID(0x0002),
  COMMAND_FIELD(0x0100),
  MESSAGE_ID(0x0110),
  MESSAGE_ID_BEING_RESPONDED_TO(0x0120),
  PRIORITY(0x0700),
  COMMAND_DATA_SET_TYPE(0x0800),
  STATUS(0x0900),
  ERROR_COMMENT(0x0902),
  AFFECTED_SOP_INSTANCE_UID(0x1000),
  MOVE_ORIGINATOR_AE_TITLE(0x1030),
  MOVE_ORIGINATOR_MESSAGE_ID(0x1031);

  private final int number;

  CommandElement(int number) {
    this.number = number;
  }

  /** The element number; the group is 0000. */
  int number() {
    return number;
  }
}
