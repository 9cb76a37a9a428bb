package org.regionalpacs.warehouse;

/** The warehouse didn't do what was asked. */
public abstract sealed class WarehouseException extends Exception
    permits RowsRefusedException, WarehouseUnavailableException {
  private static final long serialVersionUID = 1L;

  WarehouseException(String message, Throwable cause) {
    super(message, cause);
  }
}
