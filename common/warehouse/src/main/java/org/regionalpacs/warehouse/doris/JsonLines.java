package org.regionalpacs.warehouse.doris;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.regionalpacs.warehouse.Column;
import org.regionalpacs.warehouse.Row;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Rows as Stream Load reads them: a JSON object a line, in UTF-8. */
final class JsonLines {
  static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS");
  private static final JsonFactory JSON = new JsonFactory();

  private JsonLines() {}

  /** Of rows with the same key only the one that counts: in a load Doris promises no order. */
  static Collection<Row> oneOfEachKey(List<Row> rows) {
    Map<List<Object>, Row> counting = new LinkedHashMap<>();
    for (Row row : rows) {
      int length = row.table().key().size();
      List<Object> key = IntStream.range(0, length).mapToObj(i -> row.value(i).orElse("")).toList();
      counting.merge(key, row, (old, other) -> order(other) >= order(old) ? other : old);
    }
    return counting.values();
  }

  private static long order(Row row) {
    return row.table()
        .order()
        .flatMap(column -> row.value(column.name()))
        .map(value -> ((Number) value).longValue())
        .orElse(0L);
  }

  static byte[] write(Collection<Row> rows, boolean gzip) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = gzip ? new GZIPOutputStream(bytes, 8192) : bytes) {
      for (Row row : rows) {
        write(row, out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void write(Row row, OutputStream out) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(512);
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), line)) {
      json.writeStartObject();
      List<Column> columns = row.table().columns();
      for (int i = 0; i < columns.size(); i++) {
        json.writeName(columns.get(i).name());
        write(row.value(i).orElse(null), json);
      }
      json.writeEndObject();
    }
    line.write('\n');
    line.writeTo(out);
  }

  private static void write(Object value, JsonGenerator json) {
    switch (value) {
      case null -> json.writeNull();
      case String text -> json.writeString(text);
      case Integer number -> json.writeNumber(number);
      case Long number -> json.writeNumber(number);
      // As text: a JSON number would pass through a double.
      case BigDecimal number -> json.writeString(rounded(number).toPlainString());
      case LocalDate day -> json.writeString(day.toString());
      case Instant moment -> json.writeString(text(moment));
      default -> throw new IllegalArgumentException("no column holds " + value.getClass());
    }
  }

  /** As a column keeps it. What is next to nothing becomes zero, whatever its exponent. */
  static BigDecimal rounded(BigDecimal number) {
    if (number.signum() == 0 || number.precision() - number.scale() < -9) {
      return BigDecimal.ZERO;
    }
    return number.setScale(9, RoundingMode.HALF_UP);
  }

  /** A moment as SQL has it, in UTC. */
  static String text(Instant moment) {
    return MOMENT.format(LocalDateTime.ofInstant(moment, ZoneOffset.UTC));
  }
}
