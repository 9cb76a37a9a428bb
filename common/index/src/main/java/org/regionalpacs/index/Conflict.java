package org.regionalpacs.index;

import java.time.Instant;
import java.util.SortedMap;
import java.util.UUID;

/**
 * Objects that were received and don't agree with the index.
 *
 * @param tenant the hospital
 * @param id of the conflict
 * @param kind how they disagree
 * @param study Study Instance UID
 * @param series Series Instance UID of the object that was received first
 * @param sop SOP Instance UID of the object that was received first
 * @param receptionId of the object that was received first
 * @param differences by attribute keyword; the values may identify a patient: not for logs
 * @param objects how many objects show it
 * @param firstSeen when the first was indexed
 * @param lastSeen when the last was indexed
 */
public record Conflict(
    String tenant,
    UUID id,
    ConflictKind kind,
    String study,
    String series,
    String sop,
    UUID receptionId,
    SortedMap<String, Difference> differences,
    int objects,
    Instant firstSeen,
    Instant lastSeen) {}
