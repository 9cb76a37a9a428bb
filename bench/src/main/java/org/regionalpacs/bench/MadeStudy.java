package org.regionalpacs.bench;

import java.util.List;

/**
 * A CT study of one series in memory.
 *
 * @param study its UID
 * @param series UID of its series
 */
record MadeStudy(String study, String series, String patientId, List<MadeImage> images) {

  /** Its path in a DICOMweb service. */
  String path() {
    return Archive.ROOT + "/studies/" + study;
  }

  /** The path of its series. */
  String seriesPath() {
    return path() + "/series/" + series;
  }

  /** The path of an image's frame. */
  String framePath(MadeImage image) {
    return seriesPath() + "/instances/" + image.sopInstance() + "/frames/1";
  }

  long size() {
    return images.stream().mapToLong(MadeImage::size).sum();
  }
}
