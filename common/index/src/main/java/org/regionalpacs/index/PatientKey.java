package org.regionalpacs.index;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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
    String identity = patientId.isEmpty() ? "\0study\0" + study : issuer + "\0" + patientId;
    ByteBuffer hash = ByteBuffer.wrap(sha256(identity.getBytes(StandardCharsets.UTF_8)));
    return new UUID(hash.getLong(), hash.getLong());
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
