package org.regionalpacs.consumer.archiver;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.UUID;
import org.regionalpacs.messages.MessageCodec;
import org.regionalpacs.messages.StorageMessage;
import org.regionalpacs.messages.UnreadableMessageException;

/**
 * What stands beside an archived object, so that the index can be built again from the archive
 * alone. Deterministic: archiving the same object again writes the same bytes.
 */
public record ArchiveManifest(
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
  private static final MessageCodec<ArchiveManifest> JSON = MessageCodec.of(ArchiveManifest.class);

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
    return JSON.encode(this);
  }

  /**
   * Reads one.
   *
   * @throws UnreadableMessageException when it isn't one
   */
  public static ArchiveManifest read(byte[] json) {
    ArchiveManifest manifest = JSON.decode(json);
    if (manifest == null || manifest.schemaVersion > SCHEMA_VERSION) {
      throw new UnreadableMessageException("not a manifest, or a newer one than is known here");
    }
    return manifest;
  }

  /**
   * The message that announced the object.
   *
   * @param node the node that had, or would have, its file
   * @param filePath where
   */
  public StorageMessage message(String node, String filePath) {
    return new StorageMessage(
        StorageMessage.SCHEMA_VERSION,
        receptionId,
        tenant,
        transferSyntax,
        sopClass,
        sopInstance,
        study,
        series,
        // The header says it.
        "",
        filePath.substring(filePath.lastIndexOf('/') + 1),
        size,
        filePath,
        dataSetOffset,
        node,
        callingAe,
        source,
        received,
        digest);
  }
}
