package org.regionalpacs.codec.charls;

import org.regionalpacs.codec.CorruptFrameException;

/** How components follow each other in a codestream, in the order of CharLS's numbers. */
enum Interleave {
  /** One after the other. */
  NONE,
  /** Line by line. */
  LINE,
  /** Sample by sample. */
  SAMPLE;

  static Interleave of(int number) throws CorruptFrameException {
    if (number < 0 || number >= values().length) {
      throw new CorruptFrameException("a JPEG-LS codestream is interleaved in no known way");
    }
    return values()[number];
  }
}
