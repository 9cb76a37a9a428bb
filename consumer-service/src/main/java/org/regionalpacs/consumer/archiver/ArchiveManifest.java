package org.regionalpacs.consumer.archiver;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.UUID;
import org.regionalpacs.messages.StorageMessage;
import tools.jackson.databind.json.JsonMapper;

/**
 * What stands beside an archived object, so that the index can be built again from the archive
 * alone. Deterministic: archiving the same object again writes the same bytes.
 */
record ArchiveManifest(
    @JsonProperty("SchemaVersion") int schemaVersion,
    @JsonProperty("ReceptionID") UUID receptionId,
    @JsonProperty("Tenant") String tenant,
    @JsonProperty("StudyInstanceUID") String study,
    @JsonProperty("SeriesInstanceUID") String series,
    @JsonProperty("SOPInstanceUID") String sopInstance,
    @JsonProperty("SOPClassUID") String sopClass,
    @JsonProperty("TransferSyntax") String transferSyntax,
    @JsonProperty("FileSize") long size,
    @JsonProperty("DataSetOffset") int dataSetOffset,
    @JsonProperty("Digest") String digest,
    @JsonProperty("ReceivedTime") Instant received,
    @JsonProperty("CallingAE") String callingAe,
    @JsonProperty("Source") String source) {

  private static final int SCHEMA_VERSION = 1;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  static ArchiveManifest of(StorageMessage message) {
    return new ArchiveManifest(
        SCHEMA_VERSION,
        message.receptionId(),
        message.tenant(),
        message.study(),
        message.series(),
        message.sopInstance(),
        message.sopClass(),
        message.transferSyntax(),
        message.fileSize(),
        message.dataSetOffset(),
        message.digest(),
        message.received(),
        message.callingAe(),
        message.source());
  }

  byte[] json() {
    return JSON.writeValueAsBytes(this);
  }
}
