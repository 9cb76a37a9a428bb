package org.regionalpacs.warehouse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A dashboard of {@code deploy/grafana}.
 *
 * @param panels in their order
 * @param tenants the query for what may be chosen as {@code $tenant}
 */
public record Dashboard(List<Panel> panels, String tenants) {
  private static final Path FOLDER = Path.of("../../deploy/grafana");

  /**
   * A panel.
   *
   * @param place its position
   * @param format what Grafana is to make of the rows, {@code time_series} or {@code table}
   * @param sql with Grafana's macros
   */
  public record Panel(String title, String type, String place, String format, String sql) {}

  /**
   * What a query gave.
   *
   * @param types of {@link Types}, by the name of the column
   * @param rows values in the order of the columns
   */
  public record Answer(Map<String, Integer> types, List<List<Object>> rows) {}

  /** How a database says a moment to Grafana's macros. */
  @FunctionalInterface
  public interface Moments {
    String sql(Instant moment);
  }

  /** Reads one. */
  public static Dashboard read(String file) throws IOException {
    JsonNode json = JsonMapper.shared().readTree(Files.readAllBytes(FOLDER.resolve(file)));
    List<Panel> panels = new ArrayList<>();
    for (JsonNode panel : json.path("panels")) {
      JsonNode target = panel.at("/targets/0");
      panels.add(
          new Panel(
              panel.path("title").asString(),
              panel.path("type").asString(),
              panel.path("gridPos").toString(),
              target.path("format").asString(),
              target.path("rawSql").asString()));
    }
    return new Dashboard(panels, json.at("/templating/list/0/query").asString());
  }

  /** A query as Grafana sends it, for one tenant. */
  public static String sent(String sql, Instant from, Instant to, String tenant, Moments moments) {
    return sql.replaceAll(
            "\\$__timeFilter\\((\\w+)\\)",
            "$1 BETWEEN " + moments.sql(from) + " AND " + moments.sql(to))
        .replace("$__timeFrom()", moments.sql(from))
        .replace("$__timeTo()", moments.sql(to))
        .replace("${tenant:sqlstring}", "'" + tenant + "'");
  }

  /** Asks a database. */
  public static Answer ask(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet results = statement.executeQuery(sql)) {
      ResultSetMetaData columns = results.getMetaData();
      Map<String, Integer> types = new LinkedHashMap<>();
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        types.put(columns.getColumnLabel(i), columns.getColumnType(i));
      }
      List<List<Object>> rows = new ArrayList<>();
      while (results.next()) {
        List<Object> row = new ArrayList<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
          row.add(results.getObject(i));
        }
        rows.add(row);
      }
      return new Answer(types, rows);
    }
  }
}
