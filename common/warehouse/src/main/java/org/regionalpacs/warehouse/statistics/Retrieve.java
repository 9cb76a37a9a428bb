package org.regionalpacs.warehouse.statistics;

import java.time.Instant;

/**
 * A retrieve that was served.
 *
 * @param tenant the hospital
 * @param time of its end
 * @param operation what was asked
 * @param peer who asked
 * @param study Study Instance UID
 * @param servedFrom the store that had it
 * @param bytes that were sent
 * @param millis it took
 */
public record Retrieve(
    String tenant,
    Instant time,
    String operation,
    String peer,
    String study,
    String servedFrom,
    long bytes,
    long millis) {}
