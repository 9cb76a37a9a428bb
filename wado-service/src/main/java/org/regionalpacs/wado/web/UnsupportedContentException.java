package org.regionalpacs.wado.web;

import java.util.List;

/** The body is of a media type that isn't taken here: 415. */
public final class UnsupportedContentException extends RequestException {
  private static final long serialVersionUID = 1L;

  private final List<String> accepted;

  /**
   * @param accepted the media types that are taken
   */
  public UnsupportedContentException(List<String> accepted) {
    super("Content-Type must be one of: " + String.join(", ", accepted) + ".");
    this.accepted = List.copyOf(accepted);
  }

  /** The media types that are taken. */
  public List<String> accepted() {
    return accepted;
  }
}
