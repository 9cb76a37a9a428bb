package org.regionalpacs.consumer;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What one consumer group does with accepted objects. Everything in it can be done again. */
public interface Step {

  /** The consumer group, and the id of its listener. */
  String group();

  /**
   * Reads a record of the topic that it listens to.
   *
   * @throws UnusableRecordException when it isn't one
   */
  default StorageRecord read(ConsumerRecord<String, byte[]> record) throws UnusableRecordException {
    return StorageMessages.read(record);
  }

  /**
   * Does it for a batch of one partition or several, in their order.
   *
   * @return what is left undone; for all other records the effect is durable
   * @throws Exception when a part of the batch, or everything, fails: the batch comes again, in
   *     parts unless it is an {@link Outage}
   */
  StepResult process(List<StorageRecord> batch) throws Exception;
}
