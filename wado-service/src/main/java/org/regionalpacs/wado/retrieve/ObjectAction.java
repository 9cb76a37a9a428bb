package org.regionalpacs.wado.retrieve;

/** What is done to a stored object on its way out, the cheapest first. */
enum ObjectAction {
  /** The file's bytes as they are. */
  SEND_AS_STORED,
  /** Written anew as Explicit VR Little Endian; pixels stay as they are. */
  RECODE,
  /** Pixels are decoded, and encoded without loss unless they are wanted native. */
  TRANSCODE,
  /** It can't be done. */
  NONE
}
