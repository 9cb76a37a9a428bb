package org.regionalpacs.consumer;

/**
 * A record that can't be processed now, for a reason of its own: others can.
 *
 * @param record the record
 * @param cause why, for people
 */
public record Postponed(StorageRecord record, String cause) {}
