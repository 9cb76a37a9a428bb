package org.regionalpacs.storescp.receive;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.net.StoreRequest;
import org.regionalpacs.dicom.net.StoreResult;
import org.regionalpacs.intake.Received;

/**
 * One C-STORE that was answered, as it is logged: without patient identity.
 *
 * @param tenant the hospital
 * @param request what was asked
 * @param study Study Instance UID; empty when the object was refused
 * @param series Series Instance UID; empty when the object was refused
 * @param sopInstance SOP Instance UID; empty when there is none that can be one
 * @param reception its reception id; empty when the object was refused
 * @param result the answer
 * @param bytes bytes of the data set that were read
 * @param took from the request to the answer
 */
record StoreRecord(
    String tenant,
    StoreRequest request,
    String study,
    String series,
    String sopInstance,
    Optional<UUID> reception,
    StoreResult result,
    long bytes,
    Duration took) {

  static StoreRecord stored(
      String tenant, StoreRequest request, Received received, long bytes, Duration took) {
    return new StoreRecord(
        tenant,
        request,
        received.message().study(),
        received.message().series(),
        received.message().sopInstance(),
        Optional.of(received.message().receptionId()),
        StoreResult.success(),
        bytes,
        took);
  }

  /** The UID in the command is as the sender spelt it, so only a valid one gets into logs. */
  static StoreRecord failed(
      String tenant, StoreRequest request, StoreResult result, long bytes, Duration took) {
    String sopInstance = request.sopInstance().filter(UID::isValid).orElse("");
    return new StoreRecord(
        tenant, request, "", "", sopInstance, Optional.empty(), result, bytes, took);
  }

  boolean succeeded() {
    return result.status() == 0;
  }
}
