package org.regionalpacs.webworker.deletion;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.regionalpacs.index.DeletionJournal.Entry;
import tools.jackson.databind.json.JsonMapper;

/**
 * A deletion as it is kept beside the archive, so that an index that is built again doesn't bring
 * back what was deleted. Deterministic: writing it again writes the same bytes.
 */
record JournalRecord(
    @JsonProperty("SchemaVersion") int schemaVersion,
    @JsonProperty("DeletionID") UUID deletionId,
    @JsonProperty("Tenant") String tenant,
    @JsonProperty("StudyInstanceUID") String study,
    @JsonProperty("SeriesInstanceUID") String series,
    @JsonProperty("SOPInstanceUID") String sopInstance,
    @JsonProperty("RequestedTime") Instant requested,
    @JsonProperty("ReceptionIDs") List<UUID> receptions) {

  private static final int SCHEMA_VERSION = 1;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  static JournalRecord of(Entry entry) {
    return new JournalRecord(
        SCHEMA_VERSION,
        entry.id(),
        entry.tenant(),
        entry.study(),
        entry.series(),
        entry.sop(),
        entry.requested(),
        entry.receptions());
  }

  /** Its name in the archive; no tenant begins with an underscore. */
  String name() {
    return "_deletions/" + tenant + "/" + deletionId + ".json";
  }

  byte[] json() {
    return JSON.writeValueAsBytes(this);
  }
}
