package org.regionalpacs.index;

import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * All that is needed to serve an instance: what it is and where its bytes are.
 *
 * @param tenant the hospital
 * @param study Study Instance UID
 * @param series Series Instance UID
 * @param sop SOP Instance UID
 * @param receptionId the current version
 * @param sopClass SOP Class UID, empty when the object named none
 * @param transferSyntax UID of the stored encoding
 * @param size bytes of the file
 * @param dataSetOffset where the data set starts in the file
 * @param instanceNumber Instance Number
 * @param numberOfFrames Number of Frames
 * @param locations where the file is; empty while the indexer has not yet recorded it, or when it
 *     is nowhere
 */
public record InstanceObject(
    String tenant,
    String study,
    String series,
    String sop,
    UUID receptionId,
    String sopClass,
    String transferSyntax,
    long size,
    int dataSetOffset,
    OptionalInt instanceNumber,
    OptionalInt numberOfFrames,
    List<ObjectLocation> locations) {

  public InstanceObject {
    locations = List.copyOf(locations);
  }

  InstanceObject at(List<ObjectLocation> places) {
    return new InstanceObject(
        tenant,
        study,
        series,
        sop,
        receptionId,
        sopClass,
        transferSyntax,
        size,
        dataSetOffset,
        instanceNumber,
        numberOfFrames,
        places);
  }
}
