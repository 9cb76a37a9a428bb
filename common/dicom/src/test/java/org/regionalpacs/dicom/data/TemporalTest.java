package org.regionalpacs.dicom.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class TemporalTest {

  @Test
  void givenDates_whenRead_thenOldAndNewFormsAreUnderstoodAndOthersAreNone() {
    assertThat(Temporal.date("20260229")).isEmpty();
    assertThat(Temporal.date("20280229 ")).contains(LocalDate.of(2028, 2, 29));
    assertThat(Temporal.date("1997.07.04")).contains(LocalDate.of(1997, 7, 4));
    for (String none : List.of("", "1997", "1997-07-04", "19970704-", "0000000x")) {
      assertThat(Temporal.date(none)).as(none).isEmpty();
    }
  }

  @Test
  void givenTimes_whenRead_thenTheirPrecisionIsTheirSpan() {
    assertThat(Temporal.time("10").orElseThrow())
        .isEqualTo(new Temporal.Span(LocalTime.of(10, 0), LocalTime.of(10, 59, 59, 999_999_000)));
    assertThat(Temporal.time("1011").orElseThrow().last())
        .isEqualTo(LocalTime.of(10, 11, 59, 999_999_000));
    assertThat(Temporal.time("10:11:12").orElseThrow().first()).isEqualTo(LocalTime.of(10, 11, 12));
    assertThat(Temporal.time("101112.5").orElseThrow())
        .isEqualTo(
            new Temporal.Span(
                LocalTime.of(10, 11, 12, 500_000_000), LocalTime.of(10, 11, 12, 599_999_000)));
    assertThat(Temporal.time("235960").orElseThrow().first()).isEqualTo(LocalTime.of(23, 59, 59));
    for (String none : List.of("", "1", "2500", "10.5", "101112.1234567", "10111", "101161")) {
      assertThat(Temporal.time(none)).as(none).isEmpty();
    }
  }

  @Test
  void givenDateTimes_whenRead_thenPartsMayBeMissingAndAnOffsetGiven() {
    assertThat(Temporal.dateTime("2026").orElseThrow().last())
        .isEqualTo(LocalDateTime.of(2026, 12, 31, 23, 59, 59, 999_999_000));
    assertThat(Temporal.dateTime("202602").orElseThrow().last())
        .isEqualTo(LocalDateTime.of(2026, 2, 28, 23, 59, 59, 999_999_000));
    Temporal.Moment moment = Temporal.dateTime("20260203040506.07-0530").orElseThrow();
    assertThat(moment.first()).isEqualTo(LocalDateTime.of(2026, 2, 3, 4, 5, 6, 70_000_000));
    assertThat(moment.offset()).contains(ZoneOffset.ofHoursMinutes(-5, -30));
    for (String none : List.of("", "20", "2026021", "2026+05", "20261301", "2026020304+9900")) {
      assertThat(Temporal.dateTime(none)).as(none).isEmpty();
    }
  }
}
