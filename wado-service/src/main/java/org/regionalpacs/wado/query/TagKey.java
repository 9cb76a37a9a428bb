package org.regionalpacs.wado.query;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.regionalpacs.dicom.data.ElementDictionary;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.Temporal;
import org.regionalpacs.dicom.data.TemporalRange;
import org.regionalpacs.index.QueryTag;
import org.regionalpacs.index.QueryTagKind;
import org.regionalpacs.index.QueryTagReader;
import org.regionalpacs.wado.web.BadParameterException;

/**
 * An extended query tag as a key of searches.
 *
 * @param tag the tag
 * @param ready whether all that is stored was read for it
 * @param flawed whether some of it couldn't be
 */
record TagKey(QueryTag tag, boolean ready, boolean flawed) {
  private static final String TEXT = "q.text_value";
  private static final String NAME = "q.name_value";
  private static final String NUMBER = "q.number_value";

  Level level() {
    return switch (tag.level()) {
      case STUDY -> Level.STUDY;
      case SERIES -> Level.SERIES;
      case INSTANCE -> Level.INSTANCE;
    };
  }

  /** What a complaint calls it. */
  String name() {
    return tag.path().stream()
        .map(part -> ElementDictionary.keywordOf(part).orElse(Tag.toHex(part)))
        .collect(Collectors.joining("."));
  }

  /** Whether it may be given several times, as one list of UIDs (PS3.18 8.3.4.1). */
  boolean takesList() {
    return tag.kind() == QueryTagKind.UID;
  }

  /** Why results by it may be incomplete; empty when they aren't. */
  Optional<String> warning() {
    if (!ready) {
      return Optional.of(
          name() + " is still being indexed for what is stored; results may be incomplete.");
    }
    return flawed
        ? Optional.of(
            name() + " could not be read from all that is stored; results may be incomplete.")
        : Optional.empty();
  }

  /** What a value asks for. */
  Match match(String value, MatchOptions options) {
    if (options.emptyValues() && value.strip().equals(MatchOptions.EMPTY)) {
      Condition any = Condition.ALWAYS;
      return new Match(
          name(), level(), Reach.NARROWING, new Condition("not " + in(any), List.of()));
    }
    Optional<Matching> matching = matching();
    if (options.multipleValues()
        && matching.filter(Matching::splits).isPresent()
        && value.indexOf('\\') >= 0) {
      return Match.anyOf(
          Matching.values(name(), value).stream().map(one -> single(one, options)).toList());
    }
    return single(value, options);
  }

  private Match single(String value, MatchOptions options) {
    matching().ifPresent(matching -> matching.bound(name(), value));
    Condition condition = condition(value, options);
    return new Match(
        name(),
        level(),
        indexable(value) ? Reach.INDEXED : Reach.NARROWING,
        new Condition(in(condition), condition.parameters()));
  }

  /** As for keys that are always indexed; moments and decimal numbers are only here. */
  private Optional<Matching> matching() {
    return switch (tag.kind()) {
      case TEXT -> Optional.of(Matching.TEXT);
      case CODE -> Optional.of(Matching.CODE);
      case UID -> Optional.of(Matching.UID);
      case NAME -> Optional.of(Matching.NAME);
      case DATE -> Optional.of(Matching.DATE);
      case TIME -> Optional.of(Matching.TIME);
      case MOMENT, NUMBER -> Optional.empty();
    };
  }

  private Condition condition(String value, MatchOptions options) {
    return switch (tag.kind()) {
      case TEXT -> Matching.TEXT.condition(TEXT, name(), value);
      case CODE -> Matching.CODE.condition(TEXT, name(), value);
      case UID -> Matching.UID.condition(TEXT, name(), value);
      case NAME ->
          options.fuzzyNames()
              ? FuzzyNames.condition(NAME, value)
              : PersonNames.condition(NAME, value);
      case DATE -> Matching.DATE.condition(TEXT, name(), value);
      case TIME -> Matching.TIME.condition(TEXT, name(), value);
      case MOMENT -> moments(value, options.zone().orElse(ZoneOffset.UTC));
      case NUMBER -> number(value);
    };
  }

  /** The index on texts finds what begins like a value, not what ends like it. */
  private boolean indexable(String value) {
    String text = value.strip();
    return switch (tag.kind()) {
      case TEXT -> !text.startsWith("*") && !text.startsWith("?");
      case CODE -> !Wildcards.in(text);
      case UID, NAME, DATE, TIME, MOMENT, NUMBER -> true;
    };
  }

  private Condition moments(String value, ZoneOffset zone) {
    TemporalRange.DateTimes range =
        TemporalRange.dateTimes(value)
            .filter(moments -> value.length() <= 64)
            .orElseThrow(() ->
                new BadParameterException(
                    name(),
                    name()
                        + " must be a moment, YYYY[MM[DD[HH[MM[SS[.FFFFFF]]]]]][+ZZZZ], or a range"
                        + " of two."));
    List<Condition> ends = new ArrayList<>();
    range
        .first()
        .map(moment -> inUtc(moment.first(), moment, zone))
        .ifPresent(from -> ends.add(Condition.of(TEXT + " >= ?", from)));
    range
        .last()
        .map(moment -> inUtc(moment.last(), moment, zone))
        .ifPresent(to -> ends.add(Condition.of(TEXT + " <= ?", to)));
    return Condition.allOf(ends);
  }

  private static String inUtc(LocalDateTime time, Temporal.Moment moment, ZoneOffset zone) {
    return QueryTagReader.MOMENT.format(
        time.atOffset(moment.offset().orElse(zone)).withOffsetSameInstant(ZoneOffset.UTC));
  }

  private Condition number(String value) {
    try {
      double number = Double.parseDouble(value.strip());
      if (Double.isFinite(number)) {
        return Condition.of(NUMBER + " = ?", number);
      }
    } catch (NumberFormatException _) {
      // Told below.
    }
    throw new BadParameterException(name(), name() + " must be a number.");
  }

  /** The values that belong to the row of the level; one of them must match. */
  private String in(Condition condition) {
    String row =
        switch (tag.level()) {
          case STUDY -> ownValues("s", "''", "''");
          case SERIES -> ownValues("se", "se.series_uid", "''");
          case INSTANCE -> ownValues("i", "i.series_uid", "i.sop_uid");
        };
    return row + " and q.tag_id = " + tag.id() + " and " + condition.sql() + ")";
  }

  private static String ownValues(String row, String series, String sop) {
    return "exists (select 1 from query_tag_value q where q.tenant = %1$s.tenant".formatted(row)
        + " and q.study_uid = %s.study_uid and q.series_uid = %s and q.sop_uid = %s"
            .formatted(row, series, sop);
  }
}
