package org.regionalpacs.index;

import java.util.UUID;

/**
 * The key of a patient within a tenant. It is computed, not assigned, so that parallel writers
 * agree without asking anyone.
 */
public final class PatientKey {
  private PatientKey() {}

  /**
   * The key of (issuer, patient id); without a patient id, that of a patient who exists in this
   * study only.
   */
  public static UUID of(String issuer, String patientId, String study) {
    // A leading NUL keeps the two kinds apart: no issuer holds one.
    return HashedId.of(patientId.isEmpty() ? "\0study\0" + study : issuer + "\0" + patientId);
  }
}
