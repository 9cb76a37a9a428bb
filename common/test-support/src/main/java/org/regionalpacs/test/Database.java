package org.regionalpacs.test;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * A PostgreSQL database.
 *
 * @param url JDBC URL
 * @param user its owner
 * @param password of the user
 */
public record Database(String url, String user, String password) {

  /** A new connection to it. */
  public Connection connect() throws SQLException {
    return DriverManager.getConnection(url, user, password);
  }
}
