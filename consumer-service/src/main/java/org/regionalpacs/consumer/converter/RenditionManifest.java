package org.regionalpacs.consumer.converter;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.UUID;
import org.regionalpacs.index.InstanceObject;
import tools.jackson.databind.json.JsonMapper;

/**
 * What stands beside a rendition in an archive: what it was made of and how. A rebuild of the index
 * makes renditions again and may delete what has such a manifest; it tells itself from that of an
 * object by {@code RenditionOf}.
 */
record RenditionManifest(
    @JsonProperty("SchemaVersion") int schemaVersion,
    @JsonProperty("RenditionID") UUID rendition,
    @JsonProperty("RenditionOf") UUID receptionId,
    @JsonProperty("Kind") String kind,
    @JsonProperty("Terms") String terms,
    @JsonProperty("Tenant") String tenant,
    @JsonProperty("StudyInstanceUID") String study,
    @JsonProperty("SeriesInstanceUID") String series,
    @JsonProperty("SOPInstanceUID") String sop,
    @JsonProperty("TransferSyntax") String transferSyntax,
    @JsonProperty("FileSize") long size,
    @JsonProperty("DataSetOffset") int dataSetOffset,
    @JsonProperty("Digest") String digest) {

  private static final int SCHEMA_VERSION = 1;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  static RenditionManifest of(UUID id, InstanceObject object, Goal goal, RenditionFile made) {
    return new RenditionManifest(
        SCHEMA_VERSION,
        id,
        object.receptionId(),
        goal.kind().text(),
        goal.terms(),
        object.tenant(),
        object.study(),
        object.series(),
        made.sop(),
        goal.target().transferSyntax(),
        made.size(),
        made.dataSetOffset(),
        made.dataSetDigest());
  }

  byte[] json() {
    return JSON.writeValueAsBytes(this);
  }
}
