package org.regionalpacs.messages;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A deletion as it is kept beside the archive, so that an index that is built again doesn't bring
 * back what was deleted. Deterministic: writing it again writes the same bytes.
 *
 * @param schemaVersion version of this record's shape, {@link #SCHEMA_VERSION} today
 * @param deletionId receptions with smaller ids are dead
 * @param tenant the hospital
 * @param study Study Instance UID
 * @param series Series Instance UID; empty for the whole study
 * @param sopInstance SOP Instance UID; empty for the whole study or series
 * @param requested when
 * @param receptions those that are dead although their ids aren't smaller
 */
public record DeletionRecord(
    @JsonProperty("SchemaVersion") int schemaVersion,
    @JsonProperty("DeletionID") UUID deletionId,
    @JsonProperty("Tenant") String tenant,
    @JsonProperty("StudyInstanceUID") String study,
    @JsonProperty("SeriesInstanceUID") String series,
    @JsonProperty("SOPInstanceUID") String sopInstance,
    @JsonProperty("RequestedTime") Instant requested,
    @JsonProperty("ReceptionIDs") List<UUID> receptions) {

  /** The shape written today. */
  public static final int SCHEMA_VERSION = 1;

  /** Where deletions are, beside tenants: no tenant begins with an underscore. */
  public static final String FOLDER = "_deletions";

  private static final MessageCodec<DeletionRecord> CODEC = MessageCodec.of(DeletionRecord.class);

  /** Its name in the archive. */
  public String name() {
    return FOLDER + "/" + tenant + "/" + deletionId + ".json";
  }

  /** What is kept. */
  public byte[] json() {
    return CODEC.encode(this);
  }

  /**
   * Reads what was kept.
   *
   * @throws UnreadableMessageException when it isn't a deletion, or not all of one
   */
  public static DeletionRecord read(byte[] json) {
    DeletionRecord record = CODEC.decode(json);
    boolean complete =
        record != null
            && record.schemaVersion <= SCHEMA_VERSION
            && record.deletionId != null
            && record.tenant != null
            && record.study != null
            && record.series != null
            && record.sopInstance != null
            && record.requested != null
            && record.receptions != null;
    if (!complete) {
      throw new UnreadableMessageException("not a deletion, or a newer one than is known here");
    }
    return record;
  }
}
