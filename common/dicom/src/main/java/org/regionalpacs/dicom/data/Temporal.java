package org.regionalpacs.dicom.data;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Dates and times of the VRs DA, TM and DT (PS3.5 6.2), whose precision is that of their text. */
public final class Temporal {
  private Temporal() {}

  /**
   * A span of time that a value names: a DT of {@code 2026} is the whole year.
   *
   * @param first its first moment
   * @param last its last moment, to the microsecond
   * @param offset from UTC, if the value says it
   */
  public record Moment(LocalDateTime first, LocalDateTime last, Optional<ZoneOffset> offset) {}

  /** A DA, also in the form {@code YYYY.MM.DD} of ACR-NEMA; empty when the text is no date. */
  public static Optional<LocalDate> date(String text) {
    String digits = text.strip();
    if (digits.length() == 10 && digits.charAt(4) == '.' && digits.charAt(7) == '.') {
      digits = digits.replace(".", "");
    }
    if (digits.length() != 8 || !isDigits(digits)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          LocalDate.of(number(digits, 0, 4), number(digits, 4, 2), number(digits, 6, 2)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /**
   * The span that a TM names, also in the form {@code HH:MM:SS} of ACR-NEMA; a leap second counts
   * as the second before. Empty when the text is no time.
   */
  public static Optional<Span> time(String text) {
    String digits = text.strip().replace(":", "");
    int point = digits.indexOf('.');
    String whole = point < 0 ? digits : digits.substring(0, point);
    String fraction = point < 0 ? "" : digits.substring(point + 1);
    boolean shaped =
        isDigits(whole)
            && (whole.length() == 2 || whole.length() == 4 || whole.length() == 6)
            && (point < 0 || whole.length() == 6 && isDigits(fraction) && fraction.length() <= 6);
    if (!shaped) {
      return Optional.empty();
    }
    try {
      int hour = number(whole, 0, 2);
      int minute = whole.length() >= 4 ? number(whole, 2, 2) : 0;
      int second = whole.length() == 6 ? leap(number(whole, 4, 2)) : 0;
      int nanos =
          fraction.isEmpty() ? 0 : Integer.parseInt((fraction + "000000000").substring(0, 9));
      LocalTime first = LocalTime.of(hour, minute, second, nanos);
      return Optional.of(new Span(first, first.plus(length(whole, fraction)).minusNanos(1000)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /**
   * What a TM names.
   *
   * @param first its first moment
   * @param last its last moment, to the microsecond
   */
  public record Span(LocalTime first, LocalTime last) {}

  private static int leap(int second) {
    return second == 60 ? 59 : second;
  }

  private static java.time.Duration length(String whole, String fraction) {
    return switch (whole.length()) {
      case 2 -> java.time.Duration.ofHours(1);
      case 4 -> java.time.Duration.ofMinutes(1);
      default -> java.time.Duration.ofNanos((long) Math.pow(10, 9 - fraction.length()));
    };
  }

  /** The span that a DT names; empty when the text is none. */
  public static Optional<Moment> dateTime(String text) {
    String value = text.strip();
    int sign = Math.max(value.indexOf('+'), value.lastIndexOf('-'));
    Optional<ZoneOffset> offset = Optional.empty();
    if (sign > 0) {
      offset = offset(value.substring(sign));
      if (offset.isEmpty()) {
        return Optional.empty();
      }
      value = value.substring(0, sign);
    }
    Optional<ZoneOffset> zone = offset;
    if (value.length() > 8) {
      String time = value.substring(8);
      return date(value.substring(0, 8))
          .flatMap(day ->
              time(time)
                  .map(
                      span -> new Moment(day.atTime(span.first()), day.atTime(span.last()), zone)));
    }
    return partialDate(value, zone);
  }

  private static Optional<Moment> partialDate(String value, Optional<ZoneOffset> zone) {
    ChronoUnit unit;
    switch (value.length()) {
      case 4 -> unit = ChronoUnit.YEARS;
      case 6 -> unit = ChronoUnit.MONTHS;
      case 8 -> unit = ChronoUnit.DAYS;
      default -> {
        return Optional.empty();
      }
    }
    return date((value + "0101").substring(0, Math.max(8, value.length())))
        .map(day ->
            new Moment(
                day.atStartOfDay(), day.plus(1, unit).atStartOfDay().minusNanos(1000), zone));
  }

  private static Optional<ZoneOffset> offset(String text) {
    if (text.length() != 5 || !isDigits(text.substring(1))) {
      return Optional.empty();
    }
    try {
      int minutes = number(text, 1, 2) * 60 + number(text, 3, 2);
      return Optional.of(ZoneOffset.ofTotalSeconds((text.charAt(0) == '-' ? -60 : 60) * minutes));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static int number(String digits, int from, int length) {
    return Integer.parseInt(digits.substring(from, from + length));
  }

  private static boolean isDigits(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
