package org.regionalpacs.consumer;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.regionalpacs.messages.StorageMessage;

/**
 * A record about an accepted object: of the storage topic, or of one that tells it once more.
 *
 * @param record as it came
 * @param message what it says
 */
public record StorageRecord(ConsumerRecord<String, byte[]> record, StorageMessage message) {}
