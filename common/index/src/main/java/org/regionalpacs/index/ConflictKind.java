package org.regionalpacs.index;

import java.util.Arrays;
import java.util.Optional;

/** How an object can disagree with the index. */
public enum ConflictKind {
  /** Another content under the same UIDs: the instance has a new version. */
  NEW_VERSION("new-version"),

  /** The same SOP Instance UID in another study or series; both are kept. */
  SOP_ELSEWHERE("sop-elsewhere"),

  /** Another name, birth date or sex than the patient with this ID has in the index. */
  PATIENT_ATTRIBUTES("patient-attributes"),

  /** Another patient than the study has in the index. */
  STUDY_PATIENT("study-patient");

  private final String id;

  ConflictKind(String id) {
    this.id = id;
  }

  /** Its name in the database, in URLs and in metrics. */
  public String id() {
    return id;
  }

  /** The kind of this name. */
  public static Optional<ConflictKind> of(String id) {
    return Arrays.stream(values()).filter(kind -> kind.id.equals(id)).findFirst();
  }
}
