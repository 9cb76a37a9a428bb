package org.regionalpacs.test.doris;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * A table, read from its DDL. What Doris demands of a DDL is checked.
 *
 * @param unique whether its model is UNIQUE KEY; else DUPLICATE KEY
 * @param key columns
 * @param day the column by which partitions come by themselves
 * @param hash columns of the distribution
 * @param order the sequence column, of rows with the same key the one with the highest counts;
 *     empty where the last does
 */
public record DorisTable(
    String name,
    List<DorisColumn> columns,
    boolean unique,
    List<String> key,
    String day,
    List<String> hash,
    Optional<String> order) {
  private static final Pattern TABLE =
      Pattern.compile(
          "CREATE TABLE IF NOT EXISTS `(\\w+)` \\((.*?)\\)\\s*ENGINE = OLAP\\s*"
              + "(UNIQUE|DUPLICATE) KEY \\(([^)]*)\\)\\s*"
              + "AUTO PARTITION BY RANGE \\(date_trunc\\(`(\\w+)`, 'day'\\)\\) \\(\\)\\s*"
              + "DISTRIBUTED BY HASH\\(([^)]*)\\) BUCKETS \\d+\\s*"
              + "PROPERTIES \\((.*?)\\);\\s*",
          Pattern.DOTALL);
  private static final Pattern ORDER =
      Pattern.compile("\"function_column\\.sequence_col\" = \"(\\w+)\"");
  private static final Pattern COLUMN =
      Pattern.compile(
          "\\s*`(\\w+)`\\s+([A-Z]+)(?:\\((\\d+)(?:, (\\d+))?\\))?\\s+(NOT NULL|NULL)\\s*");

  /**
   * Reads the statement of one table.
   *
   * @throws IllegalArgumentException when Doris would refuse it, or it is written otherwise than
   *     this reads
   */
  public static DorisTable parse(String ddl) {
    Matcher table = TABLE.matcher(ddl.replaceAll("(?m)^--.*\\n", ""));
    if (!table.matches()) {
      throw new IllegalArgumentException("not the DDL of a table: " + ddl);
    }
    List<DorisColumn> columns =
        Arrays.stream(table.group(2).split(",\\s*\\n")).map(DorisTable::column).toList();
    return new DorisTable(
        table.group(1),
        columns,
        table.group(3).equals("UNIQUE"),
        names(table.group(4)),
        table.group(5),
        names(table.group(6)),
        order(table.group(7)));
  }

  public DorisTable {
    List<String> first = columns.stream().limit(key.size()).map(DorisColumn::name).toList();
    demand(first.equals(key), "the columns of the key come first, in their order");
    demand(key.contains(day), "the partition's column is a part of the key");
    demand(!unique || key.containsAll(hash), "a unique table is distributed by key columns");
    Set<String> names = new HashSet<>();
    columns.forEach(column -> demand(names.add(column.name()), column.name() + " is there twice"));
    demand(order.isEmpty() || unique, "only a unique table has a sequence column");
    demand(names.containsAll(order.stream().toList()), "the sequence column is a column");
    demand(names.containsAll(hash), "what it is distributed by are columns");
    columns.stream()
        .filter(column -> column.name().equals(day))
        .forEach(column ->
            demand(
                column.type().equals("DATE") && !column.nullable(),
                "an automatic partition is by a date that is never null"));
  }

  private static void demand(boolean holds, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(rule);
    }
  }

  private static DorisColumn column(String text) {
    Matcher column = COLUMN.matcher(text);
    if (!column.matches()) {
      throw new IllegalArgumentException("not a column: " + text);
    }
    return new DorisColumn(
        column.group(1),
        column.group(2),
        number(column.group(3)),
        number(column.group(4)),
        column.group(5).equals("NULL"));
  }

  private static int number(String digits) {
    return digits == null ? 0 : Integer.parseInt(digits);
  }

  private static List<String> names(String list) {
    return Arrays.stream(list.split(",")).map(name -> name.replace("`", "").strip()).toList();
  }

  private static Optional<String> order(String properties) {
    Matcher order = ORDER.matcher(properties);
    return order.find() ? Optional.of(order.group(1)) : Optional.empty();
  }

  /** Whether a row takes the place of one with its key. */
  boolean replaces(JsonNode row, JsonNode old) {
    return order.isEmpty() || row.path(order.get()).asLong() >= old.path(order.get()).asLong();
  }

  /** The key of a row. */
  List<String> key(JsonNode row) {
    List<String> values = new ArrayList<>();
    key.forEach(column -> values.add(row.path(column).asString("")));
    return values;
  }

  /**
   * What there is against a row, as Doris writes it into its error log. Names that aren't columns
   * are refused too, while Doris passes over them: here they are a mistake.
   */
  Optional<String> against(JsonNode row) {
    Set<String> names = new HashSet<>(row.propertyNames());
    for (DorisColumn column : columns) {
      names.remove(column.name());
      String reason = column.against(row.path(column.name()));
      if (!reason.isEmpty()) {
        return Optional.of(
            "Reason: column_name[%s], %s. src line [%s]; ".formatted(column.name(), reason, row));
      }
    }
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of("Reason: no such column %s. src line [%s]; ".formatted(names, row));
  }
}
