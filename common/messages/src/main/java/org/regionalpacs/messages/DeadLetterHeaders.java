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

  private DeadLetterHeaders() {}
}
