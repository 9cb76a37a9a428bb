package org.regionalpacs.consumer;

import java.util.List;

/** What one consumer group does with accepted objects. Everything in it can be done again. */
public interface Step {

  /** The consumer group. */
  String group();

  /**
   * Does it for a batch of one partition or several, in their order.
   *
   * @return the records that can never be processed; for all others the effect is durable
   * @throws Exception when trying again may help; the whole batch comes again
   */
  List<DeadLetter> process(List<StorageRecord> batch) throws Exception;
}
