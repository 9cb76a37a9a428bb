package org.regionalpacs.warehouse;

/** The warehouse can't be reached, is too slow or has failed: the same is to be tried later. */
public final class WarehouseUnavailableException extends WarehouseException {
  private static final long serialVersionUID = 1L;

  public WarehouseUnavailableException(String message) {
    super(message, null);
  }

  public WarehouseUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
