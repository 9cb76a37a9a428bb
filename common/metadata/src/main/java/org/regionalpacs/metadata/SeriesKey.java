package org.regionalpacs.metadata;

/**
 * Which series.
 *
 * @param tenant the hospital
 * @param study Study Instance UID
 * @param series Series Instance UID
 */
public record SeriesKey(String tenant, String study, String series) {}
