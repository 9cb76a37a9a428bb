package org.regionalpacs.standalone;

import java.util.Properties;
import org.regionalpacs.embedded.PostgresServer;

/**
 * How the commands reach the running product's database.
 *
 * @param url JDBC URL
 * @param login user, password and limits of time
 */
record ProductDatabase(String url, Properties login) {

  static ProductDatabase of(DataFolder folder, RunState state) {
    Properties login = new Properties();
    login.setProperty("user", PostgresServer.USER);
    login.setProperty("password", PostgresServer.password(folder.postgresql()));
    login.setProperty("connectTimeout", "5");
    login.setProperty("socketTimeout", "20");
    String url =
        "jdbc:postgresql://%s:%d/%s"
            .formatted(Ports.LOOPBACK, state.postgresql(), Engines.DATABASE);
    return new ProductDatabase(url, login);
  }
}
