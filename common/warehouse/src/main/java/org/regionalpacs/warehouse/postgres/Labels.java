package org.regionalpacs.warehouse.postgres;

import java.sql.SQLException;
import java.time.Duration;

/**
 * The labels of what was loaded. A label that another transaction is about to write is waited for;
 * if that fails the label is free.
 */
final class Labels {
  private Labels() {}

  /** Takes a label for this transaction; whether it was free. */
  static boolean take(Transaction transaction, String label) throws SQLException {
    return transaction.update(
            "insert into warehouse.load_label (label) values (?) on conflict do nothing", label)
        == 1;
  }

  /** Forgets those that are older. */
  static int forget(Transaction transaction, Duration age) throws SQLException {
    return transaction.update(
        "delete from warehouse.load_label where loaded < now() - ? * interval '1 second'",
        age.toSeconds());
  }
}
