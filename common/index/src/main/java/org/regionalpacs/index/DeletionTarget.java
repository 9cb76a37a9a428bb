package org.regionalpacs.index;

import java.util.Optional;

/**
 * What is to be deleted: a study, one of its series, or one of that series' instances.
 *
 * @param tenant the hospital
 * @param study Study Instance UID
 * @param series Series Instance UID; empty for the whole study
 * @param sop SOP Instance UID; empty for the whole study or series
 */
public record DeletionTarget(
    String tenant, String study, Optional<String> series, Optional<String> sop) {

  public DeletionTarget {
    if (sop.isPresent() && series.isEmpty()) {
      throw new IllegalArgumentException("an instance is deleted within its series");
    }
  }

  /** A whole study. */
  public static DeletionTarget study(String tenant, String study) {
    return new DeletionTarget(tenant, study, Optional.empty(), Optional.empty());
  }

  /** A whole series. */
  public static DeletionTarget series(String tenant, String study, String series) {
    return new DeletionTarget(tenant, study, Optional.of(series), Optional.empty());
  }

  /** An instance, with all its versions. */
  public static DeletionTarget instance(String tenant, String study, String series, String sop) {
    return new DeletionTarget(tenant, study, Optional.of(series), Optional.of(sop));
  }
}
