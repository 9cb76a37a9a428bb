package org.regionalpacs.test.doris;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import tools.jackson.databind.JsonNode;

/**
 * A column as the DDL has it.
 *
 * @param type such as {@code VARCHAR}, {@code BIGINT}
 * @param size bytes of a VARCHAR, digits of a DECIMAL, digits of the second of a DATETIME; else 0
 * @param scale digits behind the point of a DECIMAL; else 0
 */
public record DorisColumn(String name, String type, int size, int scale, boolean nullable) {
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss[.SSS]");

  /** The type as SQL has it, such as {@code DECIMAL(27, 9)}. */
  public String sqlType() {
    return switch (type) {
      case "DECIMAL" -> "DECIMAL(%d, %d)".formatted(size, scale);
      case "VARCHAR", "DATETIME" -> "%s(%d)".formatted(type, size);
      default -> type;
    };
  }

  /** What Doris would have against a value, in its words; empty when it fits. */
  String against(JsonNode value) {
    if (value.isNull() || value.isMissingNode()) {
      return nullable ? "" : "null value for not null column, type=" + type;
    }
    try {
      return switch (type) {
        case "VARCHAR" -> againstText(value);
        case "INT" -> value.isIntegralNumber() && value.canConvertToInt() ? "" : "not an int";
        case "BIGINT" -> value.isIntegralNumber() && value.canConvertToLong() ? "" : "not a bigint";
        case "DECIMAL" -> againstDecimal(new BigDecimal(value.asString()));
        case "DATE" -> year(LocalDate.parse(value.asString()).getYear());
        case "DATETIME" -> year(LocalDateTime.parse(value.asString(), MOMENT).getYear());
        default -> "the type " + type + " is unknown";
      };
    } catch (NumberFormatException | DateTimeException e) {
      return "Invalid value in strict mode, raw value: [" + value + "]";
    }
  }

  private String againstText(JsonNode value) {
    if (!value.isString()) {
      return "not a text";
    }
    int bytes = value.asString().getBytes(StandardCharsets.UTF_8).length;
    return bytes <= size
        ? ""
        : "the length of input is too long than schema. first 32 bytes of input str: [%s] schema length: %d; actual length: %d;"
            .formatted(value.asString(), size, bytes);
  }

  private String againstDecimal(BigDecimal value) {
    boolean fits = value.precision() - value.scale() <= size - scale && value.scale() <= scale;
    return fits ? "" : "decimal value is not valid for definition, value=[" + value + "]";
  }

  private static String year(int year) {
    return year >= 0 && year <= 9999 ? "" : "the year is out of range";
  }
}
