package org.regionalpacs.test.doris;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;

/** The rows of the tables: in a unique one the one of each key that counts. */
final class FakeRows {
  private final Map<String, Map<Object, JsonNode>> tables = new ConcurrentHashMap<>();
  private final Map<String, String> days = new ConcurrentHashMap<>();
  private final Optional<MariaDb> sql;

  FakeRows(Optional<MariaDb> sql) {
    this.sql = sql;
  }

  /** All or none; what SQL reads is there when this returns. */
  synchronized void commit(DorisTable table, List<JsonNode> rows) {
    Map<Object, JsonNode> all = tables.computeIfAbsent(table.name(), _ -> new LinkedHashMap<>());
    days.put(table.name(), table.day());
    List<JsonNode> taken = new ArrayList<>();
    for (JsonNode row : rows) {
      Object key = table.unique() ? table.key(row) : new Object();
      if (!all.containsKey(key) || table.replaces(row, all.get(key))) {
        all.put(key, row);
        taken.add(row);
      }
    }
    sql.filter(_ -> !taken.isEmpty()).ifPresent(server -> server.insert(table, taken));
  }

  /** A partition went, with the rows of its day. */
  synchronized void drop(String table, String day) {
    Map<Object, JsonNode> all = tables.getOrDefault(table, Map.of());
    all.values().removeIf(row -> day.equals(row.path(days.get(table)).asString("")));
  }

  synchronized Collection<JsonNode> of(String table) {
    return new ArrayList<>(tables.getOrDefault(table, Map.of()).values());
  }
}
