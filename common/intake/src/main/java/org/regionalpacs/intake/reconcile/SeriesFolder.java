package org.regionalpacs.intake.reconcile;

/**
 * A series of a tenant, and the folder of its files.
 *
 * @param study Study Instance UID
 * @param series Series Instance UID
 */
record SeriesFolder(String tenant, String study, String series) {
  /** Relative to ROOT. */
  String path() {
    return tenant + "/" + study + "/" + series;
  }
}
