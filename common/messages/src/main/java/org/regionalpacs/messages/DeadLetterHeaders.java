package org.regionalpacs.messages;

/**
 * The headers of a dead letter, all in UTF-8. Key, value and the other headers are those of the
 * record that could not be processed.
 */
public final class DeadLetterHeaders {
  /** Why it could not be processed, for people. */
  public static final String CAUSE = "dlt-cause";

  /** The consumer group that could not process it; others may have. */
  public static final String GROUP = "dlt-group";

  /** The topic it came from. */
  public static final String TOPIC = "dlt-topic";

  /** The partition it came from, in decimal. */
  public static final String PARTITION = "dlt-partition";

  /** Its offset there, in decimal. */
  public static final String OFFSET = "dlt-offset";

  /**
   * On a dead letter that was sent to its topic again: the only consumer group that it is for;
   * others pass over it.
   */
  public static final String REPLAY_GROUP = "replay-group";

  /** On a dead letter that was sent again: {@code <topic>-<partition>-<offset>} of the letter. */
  public static final String REPLAY_OF = "replay-of";

  private DeadLetterHeaders() {}
}
