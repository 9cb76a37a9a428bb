package org.regionalpacs.bench;

import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.postgresql.PGConnection;
import org.regionalpacs.test.Database;
import org.regionalpacs.warehouse.Batch;
import org.regionalpacs.warehouse.Column;
import org.regionalpacs.warehouse.Row;
import org.regionalpacs.warehouse.Warehouse;
import org.regionalpacs.warehouse.WarehouseException;
import org.regionalpacs.warehouse.WarehouseTable;

/** The same rows into PostgreSQL in three ways, each committed as one batch. */
final class WarehouseTrial implements AutoCloseable {
  private static final List<Column> COLUMNS = WarehouseTable.DICOM_IMAGE_META.columns();

  private final Warehouse warehouse;
  private final Connection connection;

  WarehouseTrial(Warehouse warehouse, Database database) throws SQLException {
    this.warehouse = warehouse;
    this.connection = database.connect();
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      String like =
          "create table %s (like warehouse.dicom_image_meta including defaults including indexes)";
      statement.execute(like.formatted("inserted"));
      statement.execute("create table copied (like warehouse.dicom_image_meta)");
    }
    connection.commit();
  }

  /** As the product does it. */
  void load(List<Row> rows) throws WarehouseException {
    warehouse.load(new Batch(WarehouseTable.DICOM_IMAGE_META, UUID.randomUUID().toString(), rows));
  }

  /** By COPY into a table without a key: as fast as PostgreSQL takes rows at all. */
  void copy(List<Row> rows) throws SQLException, IOException {
    String lines = rows.stream().map(WarehouseTrial::line).collect(Collectors.joining());
    connection
        .unwrap(PGConnection.class)
        .getCopyAPI()
        .copyIn("copy copied from stdin", new StringReader(lines));
    connection.commit();
  }

  /** By batched inserts that leave out what is there: what comes to mind first. */
  void insert(List<Row> rows) throws SQLException {
    String marks = COLUMNS.stream().map(_ -> "?").collect(Collectors.joining(", "));
    try (PreparedStatement statement =
        connection.prepareStatement(
            "insert into inserted values (" + marks + ") on conflict do nothing")) {
      for (Row row : rows) {
        for (int i = 0; i < COLUMNS.size(); i++) {
          statement.setObject(i + 1, row.value(i).map(WarehouseTrial::argument).orElse(null));
        }
        statement.addBatch();
      }
      statement.executeBatch();
    }
    connection.commit();
  }

  private static Object argument(Object value) {
    return value instanceof Instant moment ? Timestamp.from(moment) : value;
  }

  private static String line(Row row) {
    return IntStream.range(0, COLUMNS.size())
        .mapToObj(row::value)
        .map(value -> value.map(Object::toString).orElse("\\N"))
        .collect(Collectors.joining("\t", "", "\n"));
  }

  /** Rows that are in a table. */
  long count(String table) throws SQLException {
    try (Statement statement = connection.createStatement();
        var rows = statement.executeQuery("select count(*) from " + table)) {
      return rows.next() ? rows.getLong(1) : 0;
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
