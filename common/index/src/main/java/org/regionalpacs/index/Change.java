package org.regionalpacs.index;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * A change of the index, as readers of the change feed get it.
 *
 * @param sequence its number; it grows, over all tenants, and others' numbers are left out
 * @param tenant the hospital
 * @param action what happened
 * @param time when
 * @param study Study Instance UID
 * @param series Series Instance UID; empty when the whole study was deleted
 * @param sop SOP Instance UID; empty when the whole study or series was deleted
 * @param receptionId the version that is current since then; empty when it was deleted
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Change(
    @JsonProperty("Sequence") long sequence,
    @JsonProperty("Tenant") String tenant,
    @JsonProperty("Action") Action action,
    @JsonProperty("Time") Instant time,
    @JsonProperty("StudyInstanceUID") String study,
    @JsonProperty("SeriesInstanceUID") Optional<String> series,
    @JsonProperty("SOPInstanceUID") Optional<String> sop,
    @JsonProperty("ReceptionID") Optional<UUID> receptionId) {

  /** What may happen. */
  public enum Action {
    /** There is an instance that was not there. */
    @JsonProperty("created")
    CREATED,
    /** An instance has other content than before. */
    @JsonProperty("replaced")
    REPLACED,
    /** A study, series or instance is gone. */
    @JsonProperty("deleted")
    DELETED;

    String column() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Action ofColumn(String column) {
      return valueOf(column.toUpperCase(Locale.ROOT));
    }
  }
}
