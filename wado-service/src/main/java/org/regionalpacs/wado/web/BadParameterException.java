package org.regionalpacs.wado.web;

/** A parameter of the request, in its path or its query, can't be understood: 400. */
public final class BadParameterException extends RequestException {
  private static final long serialVersionUID = 1L;

  private final String parameter;

  /**
   * @param parameter its name
   * @param detail what is wrong with it
   */
  public BadParameterException(String parameter, String detail) {
    super(detail);
    this.parameter = parameter;
  }

  /** The parameter's name. */
  public String parameter() {
    return parameter;
  }
}
