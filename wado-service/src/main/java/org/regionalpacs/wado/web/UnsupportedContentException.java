package org.regionalpacs.wado.web;

/** The body is of a media type that isn't taken here: 415. */
public final class UnsupportedContentException extends RequestException {
  private static final long serialVersionUID = 1L;

  public UnsupportedContentException(String detail) {
    super(detail);
  }
}
