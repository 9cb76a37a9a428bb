package org.regionalpacs.wado.query;

import java.util.List;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.wado.query.DateTimeRanges.Bounds;

/**
 * A date and a time that are the two halves of one moment. Ranges of both that are of the same form
 * are one range of moments: from Tuesday at ten to Thursday at noon, and not mornings of three days
 * (PS3.4 C.2.2.2.5.4).
 */
enum DateTimePair {
  STUDY(MatchKey.STUDY_DATE, MatchKey.STUDY_TIME, offset("s")),
  SERIES(
      MatchKey.SERIES_DATE,
      MatchKey.SERIES_TIME,
      "coalesce(" + offset("se") + ", " + offset("s") + ")"),
  PROCEDURE_STEP(
      MatchKey.PROCEDURE_STEP_DATE,
      MatchKey.PROCEDURE_STEP_TIME,
      "coalesce(" + offset("se") + ", " + offset("s") + ")");

  private final MatchKey date;
  private final MatchKey time;
  private final String offset;

  DateTimePair(MatchKey date, MatchKey time, String offset) {
    this.date = date;
    this.time = time;
    this.offset = offset;
  }

  private static String offset(String row) {
    return Kept.text(row, Tag.TimezoneOffsetFromUTC);
  }

  MatchKey date() {
    return date;
  }

  MatchKey time() {
    return time;
  }

  /** SQL for Timezone Offset From UTC as the object says it; null when it doesn't. */
  String offset() {
    return offset;
  }

  /** One range of moments. */
  Match combined(Bounds dates, Bounds times) {
    String moment = "(" + date.column() + ", " + time.column() + ")";
    Condition from =
        dates.from().isEmpty()
            ? Condition.of(date.column() + " >= ?", "0")
            : Condition.of(moment + " >= (?, ?)", dates.from(), times.from());
    Condition to =
        dates.to().isEmpty()
            ? Condition.ALWAYS
            : Condition.of(moment + " <= (?, ?)", dates.to(), times.to());
    // The days by themselves are what an index is on.
    Condition days = DateTimeRanges.within(date.column(), dates);
    return new Match(
        date.keyword(), date.level(), Reach.INDEXED, Condition.allOf(List.of(days, from, to)));
  }
}
