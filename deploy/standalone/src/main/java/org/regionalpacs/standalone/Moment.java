package org.regionalpacs.standalone;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** Points in time as commands take and show them. */
final class Moment {
  private static final DateTimeFormatter SHOWN =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

  private Moment() {}

  /** In local time. */
  static String shown(Instant time) {
    return SHOWN.format(time);
  }

  /**
   * Reads a date (its begin, in local time) or a time with its zone.
   *
   * @param option that has it, for the complaint
   */
  static Instant read(String option, String text) {
    try {
      return text.contains("T")
          ? Instant.parse(text)
          : LocalDate.parse(text).atStartOfDay(ZoneId.systemDefault()).toInstant();
    } catch (DateTimeException e) {
      throw new Complaint(
          option + ": a time such as 2026-01-02 or 2026-01-02T03:04:05Z", Complaint.USAGE);
    }
  }
}
