package org.regionalpacs.consumer;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record that can't be processed.
 *
 * @param record as it came
 * @param cause why, for people
 */
public record DeadLetter(ConsumerRecord<String, byte[]> record, String cause) {}
