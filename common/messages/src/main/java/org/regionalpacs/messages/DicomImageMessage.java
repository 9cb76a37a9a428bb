package org.regionalpacs.messages;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * An instance is in the index: the record of {@link Topics#DICOM_IMAGE}, from which the warehouse
 * is fed.
 *
 * @param schemaVersion {@link #SCHEMA_VERSION}
 * @param receptionId the object's reception id
 * @param tenant the hospital
 * @param study Study Instance UID
 * @param series Series Instance UID
 * @param sopInstance SOP Instance UID
 * @param sopClass SOP Class UID
 * @param transferSyntax UID of the stored encoding
 * @param size bytes of the file
 * @param received when it was received
 * @param indexed when it was indexed
 * @param attributes further attributes, dictionary keyword to value (multiple values joined by a
 *     backslash), those of the top level and a few that frames share; never pixel data
 */
public record DicomImageMessage(
    @JsonProperty("SchemaVersion") int schemaVersion,
    @JsonProperty("ReceptionID") UUID receptionId,
    @JsonProperty("Tenant") String tenant,
    @JsonProperty("StudyInstanceUID") String study,
    @JsonProperty("SeriesInstanceUID") String series,
    @JsonProperty("SOPInstanceUID") String sopInstance,
    @JsonProperty("SOPClassUID") String sopClass,
    @JsonProperty("TransferSyntax") String transferSyntax,
    @JsonProperty("FileSize") long size,
    @JsonProperty("ReceivedTime") Instant received,
    @JsonProperty("IndexedTime") Instant indexed,
    @JsonProperty("Attributes") Map<String, String> attributes) {

  /** The shape written today. */
  public static final int SCHEMA_VERSION = 1;
}
