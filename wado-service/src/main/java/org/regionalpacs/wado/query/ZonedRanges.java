package org.regionalpacs.wado.query;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.regionalpacs.wado.query.DateTimeRanges.Bounds;
import org.regionalpacs.wado.web.BadParameterException;

/**
 * Ranges of moments in the timezone of the request, compared with dates and times in those of the
 * objects (PS3.4 C.2.2.2.5, Timezone Offset From UTC). An object that doesn't say its timezone is
 * in ours; one that has a date and no time is compared by its date as it is.
 */
final class ZonedRanges {
  private static final Pattern OFFSET = Pattern.compile("([+ -])(\\d{2})([0-5]\\d)");
  private static final DateTimeFormatter DATE = DateTimeFormatter.BASIC_ISO_DATE;
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss.SSSSSS");
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HHmmss.SSSSSS");
  private static final int FIRST_OFFSET = -12 * 60;
  private static final int LAST_OFFSET = 14 * 60;

  /** The date at the place of an object is at most so many days away from that of the request. */
  private static final int DAYS_APART = 2;

  private final DateTimePair pair;
  private final ZoneOffset zone;
  private final ZoneId ours;

  /**
   * @param zone of the request
   * @param ours of objects that don't say theirs
   */
  ZonedRanges(DateTimePair pair, ZoneOffset zone, ZoneId ours) {
    this.pair = pair;
    this.zone = zone;
    this.ours = ours;
  }

  /**
   * An offset as Timezone Offset From UTC has it, {@code +0800}; the plus sign of a query may have
   * become a space.
   */
  static ZoneOffset offset(String parameter, String value) {
    Matcher offset = OFFSET.matcher(value.length() == 4 ? "+" + value : value);
    if (offset.matches()) {
      int minutes = Integer.parseInt(offset.group(2)) * 60 + Integer.parseInt(offset.group(3));
      int signed = offset.group(1).equals("-") ? -minutes : minutes;
      if (signed >= FIRST_OFFSET && signed <= LAST_OFFSET) {
        return ZoneOffset.ofTotalSeconds(60 * signed);
      }
    }
    throw new BadParameterException(
        parameter, parameter + " must be an offset from -1200 to +1400.");
  }

  /** Moments between the ends of these days and times. */
  Match match(Bounds dates, Bounds times) {
    String date = pair.date().column();
    String time = pair.time().column();
    List<Condition> all = new ArrayList<>();
    all.add(DateTimeRanges.within(date, widened(dates)));
    Condition day = DateTimeRanges.within(date, dates);
    List<Object> parameters = new ArrayList<>(day.parameters());
    StringBuilder ends = new StringBuilder("true");
    if (!dates.from().isEmpty()) {
      ends.append(" and ").append(date).append(" || ").append(time).append(" >= ");
      ends.append(end(moment(dates.from(), times.from(), DateTimeRanges.FIRST_TIME), parameters));
    }
    if (!dates.to().isEmpty()) {
      ends.append(" and ").append(date).append(" || ").append(time).append(" <= ");
      ends.append(end(moment(dates.to(), times.to(), DateTimeRanges.LAST_TIME), parameters));
    }
    String sql =
        "case when coalesce(" + time + ", '') = '' then " + day.sql() + " else " + ends + " end";
    all.add(new Condition(sql, List.copyOf(parameters)));
    return new Match(
        pair.date().keyword(), pair.date().level(), Reach.INDEXED, Condition.allOf(all));
  }

  /** The moment as it is written at the place of the object. */
  private String end(LocalDateTime moment, List<Object> parameters) {
    List<String> offsets = new ArrayList<>();
    List<String> moments = new ArrayList<>();
    for (int minutes = FIRST_OFFSET; minutes <= LAST_OFFSET; minutes += 15) {
      ZoneOffset there = ZoneOffset.ofTotalSeconds(60 * minutes);
      offsets.add(written(minutes));
      moments.add(MOMENT.format(moment.atOffset(zone).withOffsetSameInstant(there)));
    }
    parameters.add(offsets.toArray(String[]::new));
    parameters.add(moments.toArray(String[]::new));
    parameters.add(MOMENT.format(moment.atOffset(zone).atZoneSameInstant(ours)));
    return "coalesce((select z.moment from unnest(?::text[], ?::text[]) z(o, moment) where z.o = "
        + pair.offset()
        + "), ?)";
  }

  private static String written(int minutes) {
    int size = Math.abs(minutes);
    return "%s%02d%02d".formatted(minutes < 0 ? "-" : "+", size / 60, size % 60);
  }

  private static LocalDateTime moment(String date, String time, String otherwise) {
    String known = time.isEmpty() ? otherwise : time;
    // A leap second counts as the one before; there is no other way to reckon with it.
    String reckoned =
        known.startsWith("60", 4) ? known.substring(0, 4) + "59" + known.substring(6) : known;
    return LocalDateTime.of(LocalDate.parse(date, DATE), LocalTime.parse(reckoned, TIME));
  }

  private static Bounds widened(Bounds dates) {
    String from = dates.from().isEmpty() ? "" : shifted(dates.from(), -DAYS_APART);
    String to = dates.to().isEmpty() ? "" : shifted(dates.to(), DAYS_APART);
    return new Bounds(from, to, true);
  }

  private static String shifted(String date, int days) {
    LocalDate day = LocalDate.parse(date, DATE);
    // There the calendar of four digits ends.
    return day.getYear() < 1 || day.getYear() > 9998 ? date : DATE.format(day.plusDays(days));
  }
}
