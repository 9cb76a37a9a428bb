package org.regionalpacs.messages;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * A request was served: a record of {@link Topics#LOG}, and of those the one without a member
 * {@code Kind}. Best effort; it carries no patient identity. Texts that are longer than their
 * column in the warehouse are cut.
 *
 * @param schemaVersion {@link #SCHEMA_VERSION}
 * @param eventId unique id of the event, UUIDv7
 * @param time when the request ended
 * @param tenant the hospital
 * @param service the service that answered, such as {@code storescp}
 * @param operation what was asked, such as {@code C-STORE} or {@code WADO-RS frames}
 * @param peer AE title or user of the caller; empty when unknown
 * @param address network address of the caller
 * @param study Study Instance UID, empty when the request names none
 * @param series Series Instance UID, empty when the request names none
 * @param sopInstance SOP Instance UID, empty when the request names none
 * @param status DIMSE or HTTP status
 * @param comment the reason of a failure, empty on success
 * @param bytes bytes of the body received or sent
 * @param millis duration in milliseconds
 * @param servedFrom the store that served it ({@code online}, {@code memory}, {@code redis}, a blob
 *     store), empty when not a retrieve
 */
public record LogMessage(
    @JsonProperty("SchemaVersion") int schemaVersion,
    @JsonProperty("EventID") UUID eventId,
    @JsonProperty("Time") Instant time,
    @JsonProperty("Tenant") String tenant,
    @JsonProperty("Service") String service,
    @JsonProperty("Operation") String operation,
    @JsonProperty("Peer") String peer,
    @JsonProperty("Address") String address,
    @JsonProperty("StudyInstanceUID") String study,
    @JsonProperty("SeriesInstanceUID") String series,
    @JsonProperty("SOPInstanceUID") String sopInstance,
    @JsonProperty("Status") int status,
    @JsonProperty("Comment") String comment,
    @JsonProperty("Bytes") long bytes,
    @JsonProperty("Millis") long millis,
    @JsonProperty("ServedFrom") String servedFrom)
    implements LogRecord {

  /** The shape written today. */
  public static final int SCHEMA_VERSION = 1;

  public LogMessage {
    Objects.requireNonNull(eventId, "a request without an EventID");
    Objects.requireNonNull(time, "a request without a Time");
    tenant = LogText.of(tenant, LogText.NAME);
    service = LogText.of(service, LogText.NAME / 2);
    operation = LogText.of(operation, LogText.NAME);
    peer = LogText.of(peer, LogText.UID);
    address = LogText.of(address, LogText.NAME);
    study = LogText.of(study, LogText.UID);
    series = LogText.of(series, LogText.UID);
    sopInstance = LogText.of(sopInstance, LogText.UID);
    comment = LogText.of(comment, LogText.REASON);
    servedFrom = LogText.of(servedFrom, LogText.NAME);
  }
}
