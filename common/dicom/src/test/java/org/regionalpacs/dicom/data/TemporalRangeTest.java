package org.regionalpacs.dicom.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import org.junit.jupiter.api.Test;

class TemporalRangeTest {

  @Test
  void givenDates_whenParsed_thenBothBoundsAreInside() {
    var range = TemporalRange.dates("20260101-20260131").orElseThrow();
    assertThat(range.contains(LocalDate.of(2026, 1, 1))).isTrue();
    assertThat(range.contains(LocalDate.of(2026, 1, 31))).isTrue();
    assertThat(range.contains(LocalDate.of(2025, 12, 31))).isFalse();
    assertThat(range.contains(LocalDate.of(2026, 2, 1))).isFalse();
  }

  @Test
  void givenOneOpenEnd_whenParsed_thenThatEndIsEmpty() {
    assertThat(TemporalRange.dates("20260101-").orElseThrow())
        .returns(true, range -> range.to().isEmpty())
        .returns(true, range -> range.contains(LocalDate.MAX));
    assertThat(TemporalRange.dates(" -20260101").orElseThrow())
        .returns(true, range -> range.from().isEmpty())
        .returns(true, range -> range.contains(LocalDate.MIN));
    assertThat(TemporalRange.times("10-").orElseThrow().from()).contains(LocalTime.of(10, 0));
  }

  @Test
  void givenOneValue_whenParsed_thenTheRangeIsAllThatItNames() {
    assertThat(TemporalRange.dates("20260101").orElseThrow().contains(LocalDate.of(2026, 1, 1)))
        .isTrue();
    var hour = TemporalRange.times("10").orElseThrow();
    assertThat(hour.contains(LocalTime.of(10, 59, 59))).isTrue();
    assertThat(hour.contains(LocalTime.of(11, 0))).isFalse();
    var year = TemporalRange.dateTimes("2026").orElseThrow();
    assertThat(year.contains(LocalDateTime.of(2026, 12, 31, 23, 59))).isTrue();
    assertThat(year.contains(LocalDateTime.of(2027, 1, 1, 0, 0))).isFalse();
  }

  @Test
  void givenTimes_whenTheUpperBoundIsAMinute_thenItsLastSecondIsInside() {
    var range = TemporalRange.times("1000-1030").orElseThrow();
    assertThat(range.contains(LocalTime.of(10, 30, 59))).isTrue();
    assertThat(range.contains(LocalTime.of(10, 31))).isFalse();
    assertThat(range.contains(LocalTime.of(9, 59))).isFalse();
  }

  @Test
  void givenDateTimesWithOffsets_whenParsed_thenTheHyphensAreToldApart() {
    var one = TemporalRange.dateTimes("20260101120000-0500").orElseThrow();
    assertThat(one.first()).isEqualTo(one.last());
    var both = TemporalRange.dateTimes("20260101-0500-20260102-0500").orElseThrow();
    assertThat(both.from()).contains(LocalDateTime.of(2026, 1, 1, 0, 0));
    assertThat(both.to().orElseThrow().toLocalDate()).isEqualTo(LocalDate.of(2026, 1, 2));
    assertThat(both.first().orElseThrow().offset()).isPresent();
    var open = TemporalRange.dateTimes("20260101120000-0500-").orElseThrow();
    assertThat(open.last()).isEmpty();
    assertThat(TemporalRange.dateTimes("-20260101").orElseThrow().first()).isEmpty();
    var days = TemporalRange.dateTimes("20260101-20260102").orElseThrow();
    assertThat(days.contains(LocalDateTime.of(2026, 1, 2, 23, 59))).isTrue();
  }

  @Test
  void givenWhatIsNoRange_whenParsed_thenThereIsNone() {
    for (String text : new String[] {"", "-", "20260101-x", "x-20260101", "20260101-20260102-"}) {
      assertThat(TemporalRange.dates(text)).as(text).isEmpty();
      assertThat(TemporalRange.dateTimes(text)).as(text).isEmpty();
    }
    assertThat(TemporalRange.times("10-25")).isEmpty();
  }
}
