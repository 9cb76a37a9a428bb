package org.regionalpacs.wado.web;

import java.util.Collection;
import java.util.List;

/** None of the representations that the client accepts can be made: 406. */
public final class NotAcceptableException extends RequestException {
  private static final long serialVersionUID = 1L;

  /** Why nothing with loss is made: it would be another instance. */
  public static final String NO_LOSS =
      "Images aren't compressed with loss on their way out; /rendered has pictures";

  private final List<String> available;

  /**
   * @param available the media types that would be served
   */
  public NotAcceptableException(Collection<String> available) {
    this("What is accepted can't be served", available);
  }

  /**
   * @param reason why it can't be, without a final stop
   * @param available the media types that would be served
   */
  public NotAcceptableException(String reason, Collection<String> available) {
    super(
        reason
            + "; available: "
            + (available.isEmpty() ? "nothing" : String.join(", ", available)));
    this.available = List.copyOf(available);
  }

  /** The media types that would be served. */
  public List<String> available() {
    return available;
  }
}
