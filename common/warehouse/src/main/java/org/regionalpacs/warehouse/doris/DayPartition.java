package org.regionalpacs.warehouse.doris;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names that Doris gives to partitions of a day: {@code p20260331000000}. */
final class DayPartition {
  private static final Pattern NAME = Pattern.compile("p(\\d{8})000000");

  private DayPartition() {}

  static String name(LocalDate day) {
    return "p" + DateTimeFormatter.BASIC_ISO_DATE.format(day) + "000000";
  }

  /** The day of a partition; none of one that somebody made by hand. */
  static Optional<LocalDate> day(String partition) {
    Matcher name = NAME.matcher(partition);
    if (!name.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(LocalDate.parse(name.group(1), DateTimeFormatter.BASIC_ISO_DATE));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
