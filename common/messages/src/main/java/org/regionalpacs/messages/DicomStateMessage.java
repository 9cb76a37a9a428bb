package org.regionalpacs.messages;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;

/**
 * A series (and so its study) changed in the index: the record of {@link Topics#DICOM_STATE}.
 *
 * @param schemaVersion {@link #SCHEMA_VERSION}
 * @param tenant the hospital
 * @param study Study Instance UID
 * @param series Series Instance UID
 * @param patientId Patient ID, empty when unknown
 * @param modality Modality, empty when unknown
 * @param studyDate Study Date as received, empty when unknown
 * @param changeNumber the series' change number after this change; later is larger
 * @param changed when the index took it up
 * @param firstReceived when the series came into the index for the first time, which never changes
 *     for it. Version 1 has none: {@code changed} then
 */
public record DicomStateMessage(
    @JsonProperty("SchemaVersion") int schemaVersion,
    @JsonProperty("Tenant") String tenant,
    @JsonProperty("StudyInstanceUID") String study,
    @JsonProperty("SeriesInstanceUID") String series,
    @JsonProperty("PatientID") String patientId,
    @JsonProperty("Modality") String modality,
    @JsonProperty("StudyDate") String studyDate,
    @JsonProperty("ChangeNumber") long changeNumber,
    @JsonProperty("Changed") Instant changed,
    @JsonProperty("FirstReceived") Instant firstReceived) {

  /** The shape written today. Readers accept older ones. */
  public static final int SCHEMA_VERSION = 2;

  public DicomStateMessage {
    firstReceived = firstReceived == null ? changed : firstReceived;
  }
}
