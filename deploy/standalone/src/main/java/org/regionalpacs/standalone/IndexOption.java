package org.regionalpacs.standalone;

import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.TransactionException;
import picocli.CommandLine.Mixin;

/** The index of the product that runs on the data folder. */
final class IndexOption {
  @Mixin DataOption data;

  /** Asks it; complains when it doesn't answer. */
  <T> T ask(Function<DataSource, T> question) {
    ProductDatabase database = ProductDatabase.of(data.folder(), data.running());
    try {
      return question.apply(new DriverManagerDataSource(database.url(), database.login()));
    } catch (DataAccessException | TransactionException e) {
      throw new Complaint("The database doesn't answer: " + e.getMostSpecificCause(), e);
    }
  }
}
