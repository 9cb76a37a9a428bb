package org.regionalpacs.index;

import java.util.UUID;

/**
 * A received object and the UIDs it came under.
 *
 * @param tenant the hospital
 * @param study Study Instance UID
 * @param series Series Instance UID
 * @param sop SOP Instance UID
 * @param receptionId the object
 */
public record ReceptionKey(
    String tenant, String study, String series, String sop, UUID receptionId) {

  /**
   * When it was received, milliseconds of the Unix epoch: a UUIDv7 (RFC 9562 5.7) begins with it.
   */
  long receivedMillis() {
    return receptionId.getMostSignificantBits() >>> 16;
  }
}
