package org.regionalpacs.consumer;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a step left undone of a batch; for all other records the effect is durable.
 *
 * @param unusable records that can never be processed
 * @param later records that may be processed later, each for itself
 */
public record StepResult(List<DeadLetter> unusable, List<Postponed> later) {
  /** Everything is done. */
  public static final StepResult DONE = new StepResult(List.of(), List.of());

  StepResult and(StepResult other) {
    return new StepResult(
        Stream.concat(unusable.stream(), other.unusable.stream()).toList(),
        Stream.concat(later.stream(), other.later.stream()).toList());
  }
}
