package org.regionalpacs.consumer.loader;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.regionalpacs.warehouse.WarehouseTable;

/**
 * Where a batch ends that has begun to be loaded. It is kept in the metadata of the committed
 * offset, so that whoever repeats the batch cuts it at the same places.
 *
 * @param ends last offsets, of the batch that is next, and of the parts behind it where one was
 *     split; none where no batch has begun
 * @param loaded tables that have their rows already, up to an offset
 */
record Boundary(List<Long> ends, Map<WarehouseTable, Long> loaded) {
  /** No batch has begun. */
  static final Boundary NONE = new Boundary(List.of(), Map.of());

  /** Shorter than what Kafka takes ({@code offset.metadata.max.bytes}, 4096). */
  private static final Pattern TEXT =
      Pattern.compile("until=(\\d{1,19}(?:,\\d{1,19}){0,99})((?: [a-z_]+=\\d{1,19}){0,9})");

  Boundary {
    ends = List.copyOf(ends);
    loaded = Map.copyOf(loaded);
  }

  /** A batch that ends with an offset. */
  static Boundary until(long last) {
    return new Boundary(List.of(last), Map.of());
  }

  boolean isEmpty() {
    return ends.isEmpty();
  }

  /** The last offset of the next batch. */
  long last() {
    return ends.getFirst();
  }

  /** What is left when the next batch is loaded. */
  Boundary rest() {
    return ends.size() == 1 ? NONE : new Boundary(ends.subList(1, ends.size()), loaded);
  }

  /**
   * The next batch in two halves.
   *
   * @param first its first offset
   * @param done tables that have all its rows
   */
  Boundary split(long first, Iterable<WarehouseTable> done) {
    List<Long> halves = new ArrayList<>(ends);
    halves.addFirst(first + (last() - first) / 2);
    Map<WarehouseTable, Long> tables = new EnumMap<>(WarehouseTable.class);
    tables.putAll(loaded);
    done.forEach(table -> tables.merge(table, last(), Math::max));
    return new Boundary(halves, tables);
  }

  /** Whether a table has the rows of the next batch already. */
  boolean has(WarehouseTable table) {
    return loaded.getOrDefault(table, -1L) >= last();
  }

  /** For {@link #parse}: {@code until=149,199 wado_access_log=199}; empty for none. */
  String text() {
    if (isEmpty()) {
      return "";
    }
    String tables =
        loaded.entrySet().stream()
            .map(entry -> " " + entry.getKey().table() + "=" + entry.getValue())
            .sorted()
            .collect(Collectors.joining());
    return ends.stream().map(String::valueOf).collect(Collectors.joining(",", "until=", tables));
  }

  /** What {@link #text} wrote; none where the text is something else. */
  static Boundary parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      return NONE;
    }
    try {
      List<Long> ends = new ArrayList<>();
      for (String end : matcher.group(1).split(",")) {
        ends.add(Long.parseLong(end));
      }
      Map<WarehouseTable, Long> loaded = new EnumMap<>(WarehouseTable.class);
      for (WarehouseTable table : WarehouseTable.values()) {
        Matcher at = Pattern.compile(" " + table.table() + "=(\\d+)").matcher(matcher.group(2));
        if (at.find()) {
          loaded.put(table, Long.parseLong(at.group(1)));
        }
      }
      return new Boundary(ends, loaded);
    } catch (NumberFormatException e) {
      return NONE;
    }
  }
}
