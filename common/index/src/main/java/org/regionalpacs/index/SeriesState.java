package org.regionalpacs.index;

import java.time.Instant;

/**
 * A series after a batch.
 *
 * @param tenant the hospital
 * @param study Study Instance UID
 * @param series Series Instance UID
 * @param patientId Patient ID as the batch gives it, empty when unknown
 * @param modality Modality as the batch gives it, empty when unknown
 * @param studyDate Study Date as the batch gives it, as received; empty when unknown
 * @param changeNumber grows with every change
 * @param changed when it changed last
 * @param created when it came into the index
 */
public record SeriesState(
    String tenant,
    String study,
    String series,
    String patientId,
    String modality,
    String studyDate,
    long changeNumber,
    Instant changed,
    Instant created) {}
