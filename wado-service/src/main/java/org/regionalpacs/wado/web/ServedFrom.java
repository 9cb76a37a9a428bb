package org.regionalpacs.wado.web;

import java.util.Locale;

/** Where an answer's bytes came from, of several places the farthest. */
enum ServedFrom {
  /** No stored bytes: searches, refusals, what is stored. */
  NONE,
  /** A file on this host. */
  ONLINE,
  /** The memory of this process, or Redis. */
  CACHE,
  /** Another encoding of the object than the received one, wherever it lies. */
  RENDITION,
  /** What was made of objects ahead: metadata documents. */
  DERIVED,
  /** An archive. */
  ARCHIVE;

  /** As a tag of metrics. */
  String tag() {
    return name().toLowerCase(Locale.ROOT);
  }
}
