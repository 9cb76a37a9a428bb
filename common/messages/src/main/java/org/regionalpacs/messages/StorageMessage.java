package org.regionalpacs.messages;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.UUID;

/**
 * An object was accepted and its bytes are durable: the record of {@link Topics#STORAGE}.
 *
 * @param schemaVersion version of this record's shape, {@link #SCHEMA_VERSION} today
 * @param receptionId the object's UUIDv7, given at intake; a repeat of the same object carries the
 *     same id
 * @param tenant the hospital
 * @param transferSyntax UID of the encoding of the data set in the file
 * @param sopClass SOP Class UID, empty when the object named none
 * @param sopInstance SOP Instance UID
 * @param study Study Instance UID
 * @param series Series Instance UID
 * @param patientId Patient ID, empty when the object named none
 * @param fileName last part of {@code filePath}
 * @param fileSize bytes of the file, file meta information included
 * @param filePath path of the file relative to the node's online ROOT, with {@code /}
 * @param dataSetOffset position in the file of the first byte of the data set
 * @param node id of the node whose online store holds the file
 * @param callingAe AE title of the sender; empty over HTTP
 * @param source {@code DIMSE} or {@code STOW}
 * @param received when the last byte arrived
 * @param digest SHA-256 of the data set bytes without file meta information, lower-case hex
 */
public record StorageMessage(
    @JsonProperty("SchemaVersion") int schemaVersion,
    @JsonProperty("ReceptionID") UUID receptionId,
    @JsonProperty("Tenant") String tenant,
    @JsonProperty("TransferSyntax") String transferSyntax,
    @JsonProperty("SOPClassUID") String sopClass,
    @JsonProperty("SOPInstanceUID") String sopInstance,
    @JsonProperty("StudyInstanceUID") String study,
    @JsonProperty("SeriesInstanceUID") String series,
    @JsonProperty("PatientID") String patientId,
    @JsonProperty("FileName") String fileName,
    @JsonProperty("FileSize") long fileSize,
    @JsonProperty("FilePath") String filePath,
    @JsonProperty("DataSetOffset") int dataSetOffset,
    @JsonProperty("Node") String node,
    @JsonProperty("CallingAE") String callingAe,
    @JsonProperty("Source") String source,
    @JsonProperty("ReceivedTime") Instant received,
    @JsonProperty("Digest") String digest) {

  /** The shape written today. Readers accept this and older ones. */
  public static final int SCHEMA_VERSION = 1;
}
