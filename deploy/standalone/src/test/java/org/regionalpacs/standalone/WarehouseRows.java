package org.regionalpacs.standalone;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the warehouse of a product has of some studies.
 *
 * @param images rows, and how many instances they are of
 * @param states rows, and how many series they are of
 * @param requests rows by operation
 * @param events how many different requests these are
 * @param conversions rows, and how many different conversions these are
 */
record WarehouseRows(
    Count images, Count states, Map<String, Integer> requests, int events, Count conversions) {

  /** Each is there once when both are the same. */
  record Count(int rows, int different) {
    static Count once(int number) {
      return new Count(number, number);
    }
  }

  static WarehouseRows of(SeparateProduct product, List<String> studies) throws SQLException {
    try (Connection database = product.database()) {
      Map<String, Integer> requests = new TreeMap<>();
      try (PreparedStatement select =
          database.prepareStatement(
              "select operation, count(*) from warehouse.wado_access_log"
                  + " where study_uid = any(?) group by 1")) {
        select.setArray(1, database.createArrayOf("text", studies.toArray()));
        ResultSet rows = select.executeQuery();
        while (rows.next()) {
          requests.put(rows.getString(1), rows.getInt(2));
        }
      }
      return new WarehouseRows(
          count(database, "dicom_image_meta", "sop_uid", studies),
          count(database, "dicom_state_meta", "series_uid", studies),
          requests,
          count(database, "wado_access_log", "event_id", studies).different(),
          count(database, "conversion_record", "event_id", studies));
    }
  }

  private static Count count(Connection database, String table, String key, List<String> studies)
      throws SQLException {
    try (PreparedStatement select =
        database.prepareStatement(
            "select count(*), count(distinct %s) from warehouse.%s where study_uid = any(?)"
                .formatted(key, table))) {
      select.setArray(1, database.createArrayOf("text", studies.toArray()));
      ResultSet row = select.executeQuery();
      row.next();
      return new Count(row.getInt(1), row.getInt(2));
    }
  }
}
