package org.regionalpacs.metadata;

import java.time.Instant;

/**
 * A document in the derived store: a row of {@code series_metadata}.
 *
 * @param changeNumber the series' change number it was made from
 * @param blobId where it is
 * @param size bytes of the gzipped document, which the blob begins with
 * @param framesSize bytes of the frame index, which follows it
 * @param baseUrl what its bulk data URIs start with
 * @param format the shape of the blob, {@link #FORMAT} today
 * @param complete whether all files could be reached
 * @param created when it was made
 */
record KeptDocument(
    long changeNumber,
    String blobId,
    long size,
    long framesSize,
    String baseUrl,
    int format,
    boolean complete,
    Instant created) {

  /** To be raised when the JSON or the blob changes its shape: older documents are made anew. */
  static final int FORMAT = 2;

  boolean readable() {
    return format == FORMAT;
  }
}
