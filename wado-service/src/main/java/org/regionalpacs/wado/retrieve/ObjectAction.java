package org.regionalpacs.wado.retrieve;

/** What is done to a stored object on its way out. */
enum ObjectAction {
  /** The file's bytes as they are. */
  SEND_AS_STORED,
  /** Written anew as Explicit VR Little Endian; pixels stay as they are. */
  RECODE,
  /** It can't be done. */
  NONE
}
