package org.regionalpacs.wado.web;

/** The range asked for lies outside of the resource: 416. */
public final class RangeException extends RequestException {
  private static final long serialVersionUID = 1L;

  private final long size;

  /**
   * @param size bytes of the whole resource
   */
  public RangeException(long size) {
    super("The resource has " + size + " bytes; the range asked for lies outside of it.");
    this.size = size;
  }

  /** Bytes of the whole resource. */
  public long size() {
    return size;
  }
}
