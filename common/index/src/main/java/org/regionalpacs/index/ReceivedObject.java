package org.regionalpacs.index;

import java.time.Instant;
import java.util.UUID;

/**
 * What intake knows of an accepted object; the index believes it in preference to the header.
 *
 * @param tenant the hospital
 * @param receptionId the object's UUIDv7; a larger one was received later
 * @param study Study Instance UID
 * @param series Series Instance UID
 * @param sop SOP Instance UID
 * @param sopClass SOP Class UID, empty when the object named none
 * @param transferSyntax UID of the encoding of the data set in the file
 * @param digest SHA-256 of the data set, lower-case hex
 * @param size bytes of the file
 * @param dataSetOffset where the data set starts in the file
 * @param received when the last byte arrived
 * @param patientId Patient ID, empty when unknown
 */
public record ReceivedObject(
    String tenant,
    UUID receptionId,
    String study,
    String series,
    String sop,
    String sopClass,
    String transferSyntax,
    String digest,
    long size,
    int dataSetOffset,
    Instant received,
    String patientId) {

  /** The instance that it is a version of. */
  InstanceIdentity identity() {
    return new InstanceIdentity(tenant, study, series, sop);
  }

  /** Which object it is. */
  ReceptionKey key() {
    return new ReceptionKey(tenant, study, series, sop, receptionId);
  }

  /** Whether the other object has the same content: the same data set in the same encoding. */
  boolean sameContent(ReceivedObject other) {
    return digest.equals(other.digest) && transferSyntax.equals(other.transferSyntax);
  }
}
