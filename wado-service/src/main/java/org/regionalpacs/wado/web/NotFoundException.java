package org.regionalpacs.wado.web;

/** What the path names isn't here: 404. */
public final class NotFoundException extends RequestException {
  private static final long serialVersionUID = 1L;

  /**
   * @param detail says which part of the path isn't known
   */
  public NotFoundException(String detail) {
    super(detail);
  }
}
