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
    this("Content-Type must be one of: " + String.join(", ", accepted) + ".", accepted);
  }

  public UnsupportedContentException(String detail, List<String> accepted) {
    super(detail);
    this.accepted = List.copyOf(accepted);
  }

  /** The media types that are taken. */
  public List<String> accepted() {
    return accepted;
  }
}
