package org.regionalpacs.consumer.loader;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.regionalpacs.dicom.data.Temporal;

/**
 * Values of a header from their texts, by keyword. Whatever can't be understood, or wouldn't fit
 * into the warehouse, is no value.
 *
 * @param texts several values are joined by backslashes
 */
record DicomTexts(Map<String, String> texts) {
  private static final int LONGEST_NUMBER = 64;
  private static final int FRACTION = 9;
  private static final int WHOLE = 18;
  private static final int FIRST_YEAR = 1;
  private static final int LAST_YEAR = 9999;

  /** DT and TM with no time of the day: PS3.5 6.2 lets parts be left out from the right. */
  private static final int DATE_ONLY = 8;

  /** All values as one text; empty where there is none. */
  String text(String keyword) {
    return Optional.ofNullable(texts.get(keyword)).orElse("").strip();
  }

  private String firstText(String keyword) {
    String all = text(keyword);
    int end = all.indexOf('\\');
    return (end < 0 ? all : all.substring(0, end)).strip();
  }

  /** The first value, where it is a whole number of 32 bits. */
  Optional<Integer> integer(String keyword) {
    return number(keyword)
        .flatMap(number -> {
          try {
            return Optional.of(number.intValueExact());
          } catch (ArithmeticException e) {
            return Optional.empty();
          }
        });
  }

  /** The first value, rounded to nine digits behind the point. */
  Optional<BigDecimal> number(String keyword) {
    String text = firstText(keyword);
    if (text.isEmpty() || text.length() > LONGEST_NUMBER) {
      return Optional.empty();
    }
    try {
      return fitting(new BigDecimal(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<BigDecimal> fitting(BigDecimal number) {
    // Looked at by its digits first: to round 1E-999999999 would take a while.
    long whole = (long) number.precision() - number.scale();
    if (number.signum() == 0 || whole < -FRACTION) {
      return Optional.of(BigDecimal.ZERO);
    }
    return whole > WHOLE
        ? Optional.empty()
        : Optional.of(
                number.setScale(
                    Math.min(FRACTION, Math.max(0, number.scale())), RoundingMode.HALF_UP))
            .filter(rounded -> rounded.precision() - rounded.scale() <= WHOLE);
  }

  /** The first keyword that has a number; the last one is in thousandths of the others' unit. */
  Optional<BigDecimal> first(String keyword, String other, String thousandths) {
    return number(keyword)
        .or(() -> number(other))
        .or(() ->
            number(thousandths)
                .map(number -> number.movePointLeft(3))
                .flatMap(DicomTexts::fitting));
  }

  /** A DA of the years 1 to 9999. */
  static Optional<LocalDate> day(String text) {
    return Temporal.date(text).filter(day -> day.getYear() >= FIRST_YEAR);
  }

  /**
   * Acquisition DateTime, else Acquisition Date with Acquisition Time (PS3.3 C.7.6.1). Without a
   * time of the day there is none. What doesn't name its offset from UTC has that of Timezone
   * Offset From UTC (PS3.3 C.12.1.1.8), and without one is taken for UTC.
   */
  Optional<Instant> acquired() {
    ZoneOffset zone =
        Temporal.dateTime("20000101" + "00" + firstText("TimezoneOffsetFromUTC"))
            .flatMap(Temporal.Moment::offset)
            .orElse(ZoneOffset.UTC);
    return dateTime(firstText("AcquisitionDateTime"), zone)
        .or(() ->
            Temporal.date(firstText("AcquisitionDate"))
                .flatMap(day ->
                    Temporal.time(firstText("AcquisitionTime"))
                        .map(time -> day.atTime(time.first()).toInstant(zone))))
        .filter(DicomTexts::ofYearsThatFit);
  }

  private static Optional<Instant> dateTime(String text, ZoneOffset zone) {
    int sign = Math.max(text.indexOf('+'), text.lastIndexOf('-'));
    int digits = sign < 0 ? text.length() : sign;
    return digits <= DATE_ONLY
        ? Optional.empty()
        : Temporal.dateTime(text)
            .map(moment -> moment.first().toInstant(moment.offset().orElse(zone)));
  }

  private static boolean ofYearsThatFit(Instant moment) {
    int year = LocalDateTime.ofInstant(moment, ZoneOffset.UTC).getYear();
    return year >= FIRST_YEAR && year <= LAST_YEAR;
  }
}
