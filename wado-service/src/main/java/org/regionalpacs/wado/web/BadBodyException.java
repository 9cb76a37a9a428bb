package org.regionalpacs.wado.web;

/** The body of the request can't be understood: 400. */
public final class BadBodyException extends RequestException {
  private static final long serialVersionUID = 1L;

  public BadBodyException(String detail) {
    super(detail);
  }
}
