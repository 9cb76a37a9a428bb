package org.regionalpacs.dicom.data;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Optional;

/**
 * A range of dates or times as queries have them (PS3.4 C.2.2.2.5): {@code a-b}, {@code a-}, {@code
 * -b}, or one value, which is the range of what it names. Bounds are inclusive; an absent one is
 * open.
 *
 * @param <T> what the bounds are
 */
public sealed interface TemporalRange<T extends Comparable<? super T>> {

  /** The first that is in the range; empty when every earlier one is. */
  Optional<T> from();

  /** The last that is in the range; empty when every later one is. */
  Optional<T> to();

  /** Whether a value is in the range. */
  default boolean contains(T value) {
    return from().filter(bound -> bound.compareTo(value) > 0).isEmpty()
        && to().filter(bound -> bound.compareTo(value) < 0).isEmpty();
  }

  /** Days. */
  record Dates(Optional<LocalDate> from, Optional<LocalDate> to)
      implements TemporalRange<LocalDate> {}

  /** Times of one day; a range doesn't cross midnight. */
  record Times(Optional<LocalTime> from, Optional<LocalTime> to)
      implements TemporalRange<LocalTime> {}

  /**
   * Moments, as they are written: without regard to offsets from UTC, which {@link #first} and
   * {@link #last} have.
   *
   * @param first what the lower bound names
   * @param last what the upper bound names
   */
  record DateTimes(Optional<Temporal.Moment> first, Optional<Temporal.Moment> last)
      implements TemporalRange<LocalDateTime> {
    @Override
    public Optional<LocalDateTime> from() {
      return first.map(Temporal.Moment::first);
    }

    @Override
    public Optional<LocalDateTime> to() {
      return last.map(Temporal.Moment::last);
    }
  }

  /** A range of DA; empty when the text is none. */
  static Optional<Dates> dates(String text) {
    return RangeParts.split(text, Temporal::date).map(parts -> new Dates(parts.from(), parts.to()));
  }

  /** A range of TM, to the end of what the upper bound names; empty when the text is none. */
  static Optional<Times> times(String text) {
    return RangeParts.split(text, Temporal::time)
        .map(parts ->
            new Times(parts.from().map(Temporal.Span::first), parts.to().map(Temporal.Span::last)));
  }

  /**
   * A range of DT, to the end of what the upper bound names; empty when the text is none. A hyphen
   * may also begin an offset from UTC: then the text is read so that both bounds are DTs, and as
   * one DT where it can be.
   */
  static Optional<DateTimes> dateTimes(String text) {
    String value = text.strip();
    Optional<Temporal.Moment> one = Temporal.dateTime(value);
    if (one.isPresent()) {
      return Optional.of(new DateTimes(one, one));
    }
    for (int hyphen = value.indexOf('-'); hyphen >= 0; hyphen = value.indexOf('-', hyphen + 1)) {
      Optional<DateTimes> range =
          RangeParts.at(value, hyphen, Temporal::dateTime)
              .map(parts -> new DateTimes(parts.from(), parts.to()));
      if (range.isPresent()) {
        return range;
      }
    }
    return Optional.empty();
  }
}
