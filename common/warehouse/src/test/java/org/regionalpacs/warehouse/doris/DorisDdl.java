package org.regionalpacs.warehouse.doris;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.regionalpacs.test.doris.DorisTable;
import org.regionalpacs.warehouse.WarehouseTable;

/** The DDL of deploy/doris. */
final class DorisDdl {
  private static final Path FOLDER = Path.of("../../deploy/doris");

  private DorisDdl() {}

  static String of(WarehouseTable table, int replication) throws IOException {
    return Files.readString(FOLDER.resolve(table.table() + ".sql"))
        .replace("${replication}", Integer.toString(replication));
  }

  /** What makes the view that statistics read. */
  static String view() throws IOException {
    return Files.readString(FOLDER.resolve("received_series.sql"));
  }

  static List<DorisTable> tables() throws IOException {
    List<DorisTable> tables = new ArrayList<>();
    for (WarehouseTable table : WarehouseTable.values()) {
      tables.add(DorisTable.parse(of(table, 1)));
    }
    return tables;
  }
}
