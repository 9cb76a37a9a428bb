package org.regionalpacs.wado.retrieve;

import org.regionalpacs.wado.web.MediaRange;

/** How objects are put together in a response. */
enum Packaging {
  /** The one object is the body. */
  SINGLE,
  /** Each object is a part of multipart/related. */
  MULTIPART,
  /** Each object is a file of an archive. */
  ZIP;

  static Packaging of(MediaRange range) {
    if (ObjectNegotiation.isZip(range)) {
      return ZIP;
    }
    return range.multipart() || range.anything() ? MULTIPART : SINGLE;
  }
}
