package org.regionalpacs.wado.web;

/** The body goes beyond a limit: 413. */
public final class ContentTooLargeException extends RequestException {
  private static final long serialVersionUID = 1L;

  public ContentTooLargeException(String detail) {
    super(detail);
  }
}
