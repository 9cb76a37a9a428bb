package org.regionalpacs.wado.query;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.regionalpacs.wado.web.BadParameterException;

/** Range matching of dates and times (PS3.4 C.2.2.2.5): inclusive, either end may be open. */
final class DateTimeRanges {
  private static final Pattern TIME =
      Pattern.compile("([01]\\d|2[0-3])([0-5]\\d(([0-5]\\d|60)(\\.\\d{1,6})?)?)?");

  private DateTimeRanges() {}

  /**
   * @param column holds YYYYMMDD, or nothing
   */
  static Condition dates(String column, String parameter, String value) {
    int dash = value.indexOf('-');
    if (dash < 0) {
      return Condition.of(column + " = ?", date(parameter, value));
    }
    String from = value.substring(0, dash);
    String to = value.substring(dash + 1);
    return range(
        column,
        parameter,
        from.isEmpty() ? "" : date(parameter, from),
        to.isEmpty() ? "" : date(parameter, to));
  }

  /**
   * @param column holds HHMMSS.FFFFFF, or nothing
   */
  static Condition times(String column, String parameter, String value) {
    int dash = value.indexOf('-');
    String from = dash < 0 ? value : value.substring(0, dash);
    String to = dash < 0 ? value : value.substring(dash + 1);
    return range(
        column,
        parameter,
        from.isEmpty() ? "" : filled(time(parameter, from), "000000.000000"),
        to.isEmpty() ? "" : filled(time(parameter, to), "235959.999999"));
  }

  private static Condition range(String column, String parameter, String from, String to) {
    if (from.isEmpty() && to.isEmpty()) {
      throw new BadParameterException(parameter, parameter + " is a range without any end.");
    }
    if (!from.isEmpty() && !to.isEmpty() && from.compareTo(to) > 0) {
      throw new BadParameterException(
          parameter, parameter + " is a range that ends before it begins.");
    }
    List<Condition> ends = new ArrayList<>();
    // An unknown value is empty, and less than every other.
    ends.add(Condition.of(column + " >= ?", from.isEmpty() ? "0" : from));
    if (!to.isEmpty()) {
      ends.add(Condition.of(column + " <= ?", to));
    }
    return Condition.allOf(ends);
  }

  private static String date(String parameter, String text) {
    try {
      LocalDate.parse(text, DateTimeFormatter.BASIC_ISO_DATE);
      if (text.length() == 8) {
        return text;
      }
    } catch (DateTimeException _) {
      // The answer below says it.
    }
    throw new BadParameterException(
        parameter, parameter + " must be a date, YYYYMMDD, or a range of two, YYYYMMDD-YYYYMMDD.");
  }

  private static String time(String parameter, String text) {
    if (!TIME.matcher(text).matches()) {
      throw new BadParameterException(
          parameter,
          parameter + " must be a time, HH[MM[SS[.FFFFFF]]], or a range of two of them.");
    }
    return text;
  }

  /** What the text leaves out, taken from the end of the pattern. */
  private static String filled(String text, String pattern) {
    return text + pattern.substring(text.length());
  }
}
