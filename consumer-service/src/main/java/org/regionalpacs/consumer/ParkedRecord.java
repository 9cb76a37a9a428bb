package org.regionalpacs.consumer;

import java.time.Instant;

/**
 * A record that waits to be tried again.
 *
 * @param record the record
 * @param attempts made up to now
 * @param since when it failed first
 */
record ParkedRecord(StorageRecord record, int attempts, Instant since) {}
