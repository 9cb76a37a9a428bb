package org.regionalpacs.wado.web;

/** What is asked for was there once and isn't kept any longer: 410. */
public final class GoneException extends RequestException {
  private static final long serialVersionUID = 1L;

  /**
   * @param detail says what to do instead
   */
  public GoneException(String detail) {
    super(detail);
  }
}
