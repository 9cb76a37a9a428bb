package org.regionalpacs.wado.statistics;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.regionalpacs.wado.web.BadParameterException;
import org.regionalpacs.wado.web.TenantScope;
import org.regionalpacs.warehouse.statistics.Scope;

/**
 * The days that a request is about, in UTC.
 *
 * @param from the first
 * @param to the last
 */
record DayRange(LocalDate from, LocalDate to) {
  /** Days when the request names none. */
  static final int USUAL = 30;

  private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
  private static final int FIRST_YEAR = 1900;

  /** The usual days up to this one. */
  static DayRange upTo(LocalDate to) {
    return new DayRange(to.minusDays(USUAL - 1), to);
  }

  /**
   * What a request says.
   *
   * @param from the first day; the usual number of days when it isn't named
   * @param to the last day; today when it isn't named
   * @param most days
   * @throws BadParameterException when they aren't days, in this order, or too many
   */
  static DayRange of(Optional<String> from, Optional<String> to, LocalDate today, int most) {
    LocalDate last = to.map(text -> day("to", text)).orElse(today);
    LocalDate first =
        from.map(text -> day("from", text))
            .orElseGet(() -> last.minusDays(Math.min(USUAL, most) - 1));
    if (last.isBefore(first)) {
      throw new BadParameterException("from", "from must not be after to, nor after today.");
    }
    if (ChronoUnit.DAYS.between(first, last) >= most) {
      throw new BadParameterException("from", "from must be within " + most + " days of to.");
    }
    return new DayRange(first, last);
  }

  private static LocalDate day(String parameter, String text) {
    try {
      if (DAY.matcher(text).matches()) {
        LocalDate day = LocalDate.parse(text);
        if (day.getYear() >= FIRST_YEAR) {
          return day;
        }
      }
    } catch (DateTimeException _) {
      // Told below.
    }
    throw new BadParameterException(
        parameter, parameter + " must be a day such as 2026-01-31, from 1900 on.");
  }

  /** Of one tenant: that of the request. */
  Scope of(TenantScope scope) {
    return new Scope(Set.of(scope.tenant()), from, to);
  }

  /** What an answer begins with; more is to be put behind it. */
  Map<String, Object> answer() {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("from", from.toString());
    answer.put("to", to.toString());
    answer.put("timezone", "UTC");
    return answer;
  }
}
