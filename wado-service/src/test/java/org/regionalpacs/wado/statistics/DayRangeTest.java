package org.regionalpacs.wado.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.regionalpacs.wado.web.BadParameterException;

class DayRangeTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 3, 31);

  @ParameterizedTest(name = "{0} to {1}: {2} to {3}")
  @CsvSource({
    "           ,           , 2026-03-02, 2026-03-31",
    "           , 2026-01-30, 2026-01-01, 2026-01-30",
    " 2026-03-01,           , 2026-03-01, 2026-03-31",
    " 2026-03-31, 2026-03-31, 2026-03-31, 2026-03-31",
    " 2025-12-22, 2026-03-31, 2025-12-22, 2026-03-31",
    " 2024-02-29, 2024-03-01, 2024-02-29, 2024-03-01"
  })
  void givenDays_whenRead_thenWhatIsMissingIsTheUsual(
      String from, String to, LocalDate first, LocalDate last) {
    assertThat(DayRange.of(Optional.ofNullable(from), Optional.ofNullable(to), TODAY, 100))
        .isEqualTo(new DayRange(first, last));
  }

  @ParameterizedTest(name = "{0} to {1}: {2}")
  @CsvSource({
    " yesterday,            , from",
    " '',                   , from",
    " 2026-02-30,           , from",
    " 20260301,             , from",
    " 2026-3-1,             , from",
    " 2026-03-01T00:00:00Z, , from",
    " +999999999-01-01,     , from",
    " -2026-03-01,          , from",
    " 1899-12-31,           , from",
    "           , 2026-13-01, to",
    "           , ٢٠٢٦-٠٣-٠١, to",
    " 2026-03-31, 2026-03-30, from",
    " 2026-04-01,           , from",
    " 2025-12-21, 2026-03-31, from"
  })
  void givenDaysThatCantBe_whenRead_thenTheParameterIsNamed(String from, String to, String wrong) {
    assertThatThrownBy(
            () -> DayRange.of(Optional.ofNullable(from), Optional.ofNullable(to), TODAY, 100))
        .isInstanceOfSatisfying(
            BadParameterException.class, bad -> assertThat(bad.parameter()).isEqualTo(wrong));
  }

  @ParameterizedTest
  @CsvSource({"1, 2026-03-31", "7, 2026-03-25"})
  void givenFewerDaysAreAllowedThanUsual_whenNoneIsNamed_thenItIsSoMany(int most, LocalDate first) {
    assertThat(DayRange.of(Optional.empty(), Optional.empty(), TODAY, most).from())
        .isEqualTo(first);
  }
}
