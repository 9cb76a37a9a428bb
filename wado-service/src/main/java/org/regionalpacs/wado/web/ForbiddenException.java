package org.regionalpacs.wado.web;

/** The request is understood and refused, whoever asks: 403. */
public final class ForbiddenException extends RequestException {
  private static final long serialVersionUID = 1L;

  /**
   * @param detail says what isn't allowed
   */
  public ForbiddenException(String detail) {
    super(detail);
  }
}
