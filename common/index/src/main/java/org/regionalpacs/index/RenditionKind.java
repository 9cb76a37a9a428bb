package org.regionalpacs.index;

import java.util.Locale;

/** What an object is encoded once more for. */
public enum RenditionKind {
  /** The same samples, compared one by one; served in the place of the object. */
  LOSSLESS,

  /** Smaller and lossy, an instance of its own; served to who asks for its transfer syntax only. */
  PREVIEW;

  /** As in the database, messages and names. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  static RenditionKind of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
