package org.regionalpacs.nodes;

import java.time.Duration;

/**
 * Does one kind of task. It may be called again for a task that it did before, or, when this
 * process lost the database for long, while another process does it: both must come to the same.
 *
 * @param <A> arguments, a record that Jackson reads
 * @param <R> result, a record that Jackson writes
 */
public interface NodeTaskHandler<A, R> {

  /** Names the kind of task; never renamed. */
  String kind();

  /** What the arguments are read as. */
  Class<A> arguments();

  /** How long it may take; then it is interrupted and counts as failed. */
  default Duration limit() {
    return Duration.ofMinutes(10);
  }

  /**
   * Does the task.
   *
   * @throws Exception when it is to be tried again later
   */
  R run(A arguments) throws Exception;
}
