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
 * @param time when the request ended: the last byte of its body had been given to the network
 * @param tenant the hospital; empty when the request named one that there isn't
 * @param service the service that answered, such as {@code storescp}
 * @param operation what was asked, such as {@code C-STORE} or {@code WADO-RS frames}; {@code
 *     unknown} for what isn't served
 * @param peer over DIMSE the calling AE title, which nobody proves; over HTTP the user who was
 *     authenticated, never a name that a request merely claims; empty when unknown
 * @param address network address of the caller; of whom a proxy names only where that is trusted
 * @param study Study Instance UID; of a request that stores, that which all its objects have; empty
 *     when there is no such, or it can't be one
 * @param series Series Instance UID, likewise
 * @param sopInstance SOP Instance UID, likewise
 * @param status DIMSE or HTTP status; where the answer's body broke off, not the one sent but that
 *     of the failure: 499 when the client went away, else 500 or 503
 * @param comment the reason of a failure, empty on success
 * @param bytes of the body as far as it went: received by a request that stores, else sent
 * @param millis duration in milliseconds, from the request to the end of its body
 * @param servedFrom the store that served it: {@code online}, {@code memory}, {@code redis}, a blob
 *     store, or {@code derived} for metadata made ahead; of several the farthest, in this order.
 *     Empty when it isn't a retrieve, or nothing was read for it
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
