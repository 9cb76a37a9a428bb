package org.regionalpacs.wado.viewer;

import java.util.Map;

/**
 * A file of the viewer.
 *
 * @param name its path, such as {@code assets/favicon.ico}
 * @param type its media type
 * @param size its bytes
 * @param kept the codings that it is kept in, with their bytes; identity when it gains nothing by
 *     compression, and then alone
 */
record ViewerFile(String name, String type, long size, Map<ContentCoding, Long> kept) {

  ViewerFile {
    kept = Map.copyOf(kept);
  }

  /** Whether it depends on the client what is sent. */
  boolean varies() {
    return !kept.containsKey(ContentCoding.IDENTITY);
  }

  /**
   * The coding that is sent.
   *
   * @param wanted what the client takes best
   */
  ContentCoding sent(ContentCoding wanted) {
    return varies() && kept.containsKey(wanted) ? wanted : ContentCoding.IDENTITY;
  }

  /** Bytes of what is sent. */
  long length(ContentCoding sent) {
    return kept.getOrDefault(sent, size);
  }
}
