package org.regionalpacs.consumer;

import java.util.List;

/** What one consumer group does with accepted objects. Everything in it can be done again. */
public interface Step {

  /** The consumer group, and the id of its listener. */
  String group();

  /**
   * Does it for a batch of one partition or several, in their order.
   *
   * @return what is left undone; for all other records the effect is durable
   * @throws Exception when a part of the batch, or everything, fails: the batch comes again, in
   *     parts unless it is an {@link Outage}
   */
  StepResult process(List<StorageRecord> batch) throws Exception;
}
