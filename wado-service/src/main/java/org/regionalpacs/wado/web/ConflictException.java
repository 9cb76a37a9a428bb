package org.regionalpacs.wado.web;

/** What is there already forbids it: 409. */
public final class ConflictException extends RequestException {
  private static final long serialVersionUID = 1L;

  /**
   * @param detail says what is there, and what to do instead
   */
  public ConflictException(String detail) {
    super(detail);
  }
}
