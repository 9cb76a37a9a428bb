package org.regionalpacs.index;

import java.util.List;
import java.util.Optional;
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
 * @param renditions the same encoded otherwise; none of a kind twice
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
    List<ObjectLocation> locations,
    List<Rendition> renditions) {

  public InstanceObject {
    locations = List.copyOf(locations);
    renditions = List.copyOf(renditions);
  }

  /** The rendition of a kind, if there is one. */
  public Optional<Rendition> rendition(RenditionKind kind) {
    return renditions.stream().filter(one -> one.kind() == kind).findFirst();
  }

  /**
   * A rendition of this instance, to be opened, cached and described like an object that was
   * received: under its own id, SOP Instance UID and transfer syntax.
   */
  public InstanceObject as(Rendition rendition) {
    return new InstanceObject(
        tenant,
        study,
        series,
        rendition.sop(),
        rendition.id(),
        sopClass,
        rendition.transferSyntax(),
        rendition.size(),
        rendition.dataSetOffset(),
        instanceNumber,
        numberOfFrames,
        rendition.locations(),
        List.of());
  }

  /** What was received, as such. */
  public ReceptionKey key() {
    return new ReceptionKey(tenant, study, series, sop, receptionId);
  }
}
