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
  static final String FIRST_TIME = "000000.000000";
  static final String LAST_TIME = "235959.999999";

  private static final Pattern TIME =
      Pattern.compile("([01]\\d|2[0-3])([0-5]\\d(([0-5]\\d|60)(\\.\\d{1,6})?)?)?");

  private DateTimeRanges() {}

  /**
   * The two ends of a range, or of what a single value names.
   *
   * @param from YYYYMMDD or HHMMSS.FFFFFF; empty when it is open
   * @param to the same
   * @param range whether it is written as a range
   */
  record Bounds(String from, String to, boolean range) {

    /** Whether the same ends are open. */
    boolean sameForm(Bounds other) {
      return range == other.range
          && from.isEmpty() == other.from.isEmpty()
          && to.isEmpty() == other.to.isEmpty();
    }
  }

  /**
   * @param column holds YYYYMMDD, or nothing
   */
  static Condition dates(String column, String parameter, String value) {
    return within(column, dateBounds(parameter, value));
  }

  /**
   * @param column holds HHMMSS.FFFFFF, or nothing
   */
  static Condition times(String column, String parameter, String value) {
    return within(column, ordered(parameter, timeBounds(parameter, value)));
  }

  /** A column that lies between the bounds. */
  static Condition within(String column, Bounds bounds) {
    if (bounds.from().equals(bounds.to())) {
      return Condition.of(column + " = ?", bounds.from());
    }
    List<Condition> ends = new ArrayList<>();
    // An unknown value is empty, and less than every other.
    ends.add(Condition.of(column + " >= ?", bounds.from().isEmpty() ? "0" : bounds.from()));
    if (!bounds.to().isEmpty()) {
      ends.add(Condition.of(column + " <= ?", bounds.to()));
    }
    return Condition.allOf(ends);
  }

  /**
   * The days that a key names.
   *
   * @throws BadParameterException when it is neither a date nor a range of them
   */
  static Bounds dateBounds(String parameter, String value) {
    int dash = value.indexOf('-');
    String from = dash < 0 ? value : value.substring(0, dash).strip();
    String to = dash < 0 ? value : value.substring(dash + 1).strip();
    return ordered(
        parameter,
        bounds(
            parameter,
            from.isEmpty() ? "" : date(parameter, from),
            to.isEmpty() ? "" : date(parameter, to),
            dash >= 0));
  }

  /**
   * The times that a key names, filled up to microseconds. With days, the earlier one may be the
   * end.
   *
   * @throws BadParameterException when it is neither a time nor a range of them
   */
  static Bounds timeBounds(String parameter, String value) {
    int dash = value.indexOf('-');
    String from = dash < 0 ? value : value.substring(0, dash).strip();
    String to = dash < 0 ? value : value.substring(dash + 1).strip();
    return bounds(
        parameter,
        from.isEmpty() ? "" : filled(time(parameter, from), FIRST_TIME),
        to.isEmpty() ? "" : filled(time(parameter, to), LAST_TIME),
        dash >= 0);
  }

  private static Bounds bounds(String parameter, String from, String to, boolean range) {
    if (from.isEmpty() && to.isEmpty()) {
      throw new BadParameterException(parameter, parameter + " is a range without any end.");
    }
    return new Bounds(from, to, range);
  }

  /**
   * A range that doesn't end before it begins.
   *
   * @throws BadParameterException when it does
   */
  static Bounds ordered(String parameter, Bounds bounds) {
    if (!bounds.to().isEmpty() && bounds.from().compareTo(bounds.to()) > 0) {
      throw new BadParameterException(
          parameter, parameter + " is a range that ends before it begins.");
    }
    return bounds;
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
