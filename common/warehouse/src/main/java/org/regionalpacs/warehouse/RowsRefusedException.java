package org.regionalpacs.warehouse;

/** Rows don't fit their table; the message says which and why, as far as the warehouse tells. */
public final class RowsRefusedException extends WarehouseException {
  private static final long serialVersionUID = 1L;

  public RowsRefusedException(String message) {
    super(message, null);
  }

  public RowsRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
