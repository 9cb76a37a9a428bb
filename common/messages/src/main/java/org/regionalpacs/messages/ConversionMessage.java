package org.regionalpacs.messages;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * An object was converted into another transfer syntax, or could not be: a record of {@link
 * Topics#LOG} with the member {@code Kind} of {@value #KIND}. Best effort; it carries no patient
 * identity. Texts that are longer than stated are cut.
 *
 * @param schemaVersion {@link #SCHEMA_VERSION}
 * @param eventId unique id of the event, UUIDv7
 * @param time when the conversion ended
 * @param tenant the hospital
 * @param study Study Instance UID
 * @param series Series Instance UID
 * @param sopInstance SOP Instance UID
 * @param receptionId of the object that was converted
 * @param fromSyntax Transfer Syntax UID of the object as stored
 * @param toSyntax Transfer Syntax UID that was wanted
 * @param millis duration in milliseconds
 * @param sizeBefore bytes of what was converted, as it was stored
 * @param sizeAfter bytes that came of it; 0 when none did
 * @param outcome how it ended
 * @param cause why it wasn't done, at most 512 characters; empty when it was
 */
public record ConversionMessage(
    @JsonProperty("SchemaVersion") int schemaVersion,
    @JsonProperty("EventID") UUID eventId,
    @JsonProperty("Time") Instant time,
    @JsonProperty("Tenant") String tenant,
    @JsonProperty("StudyInstanceUID") String study,
    @JsonProperty("SeriesInstanceUID") String series,
    @JsonProperty("SOPInstanceUID") String sopInstance,
    @JsonProperty("ReceptionID") UUID receptionId,
    @JsonProperty("FromTransferSyntax") String fromSyntax,
    @JsonProperty("ToTransferSyntax") String toSyntax,
    @JsonProperty("Millis") long millis,
    @JsonProperty("SizeBefore") long sizeBefore,
    @JsonProperty("SizeAfter") long sizeAfter,
    @JsonProperty("Outcome") ConversionOutcome outcome,
    @JsonProperty("Cause") String cause)
    implements LogRecord {

  /** The shape written today. */
  public static final int SCHEMA_VERSION = 1;

  /** What tells it from a {@link LogMessage}. */
  public static final String KIND = "conversion";

  public ConversionMessage {
    Objects.requireNonNull(eventId, "a conversion without an EventID");
    Objects.requireNonNull(time, "a conversion without a Time");
    Objects.requireNonNull(receptionId, "a conversion without a ReceptionID");
    Objects.requireNonNull(outcome, "a conversion without an Outcome");
    tenant = LogText.of(tenant, LogText.NAME);
    study = LogText.of(study, LogText.UID);
    series = LogText.of(series, LogText.UID);
    sopInstance = LogText.of(sopInstance, LogText.UID);
    fromSyntax = LogText.of(fromSyntax, LogText.UID);
    toSyntax = LogText.of(toSyntax, LogText.UID);
    cause = LogText.of(cause, LogText.REASON);
  }

  /** Written only: what it is. */
  @JsonProperty(value = "Kind", access = JsonProperty.Access.READ_ONLY)
  public String kind() {
    return KIND;
  }
}
