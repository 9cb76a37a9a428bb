package org.regionalpacs.wado.query;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.regionalpacs.wado.query.DateTimeRanges.Bounds;
import org.regionalpacs.wado.web.BadParameterException;

/** The attributes that a request matches by (PS3.18 8.3.4.1). One for each request. */
final class MatchParameters {
  private static final Bounds ANY_TIME = new Bounds("", "", true);

  /** Names that may be repeated in a header. */
  private static final Pattern SPEAKABLE = Pattern.compile("[0-9A-Za-z_.-]{1,64}");

  private final MatchOptions options;
  private final ZoneId ours;
  private final TagKeys tagKeys;
  private final Map<TagKey, String> tags = new LinkedHashMap<>();
  private final Map<MatchKey, String> values = new EnumMap<>(MatchKey.class);
  private final Map<SequenceKey, SortedMap<Integer, String>> items =
      new EnumMap<>(SequenceKey.class);
  private final List<Match> inPath = new ArrayList<>();
  private final Set<List<Integer>> seen = new HashSet<>();
  private final Set<Integer> included = new LinkedHashSet<>();
  private final Set<String> warnings = new LinkedHashSet<>();
  private boolean steady;

  /**
   * @param ours the timezone of objects that don't say theirs
   * @param tagKeys what can be searched by beside what is always indexed
   */
  MatchParameters(MatchOptions options, ZoneId ours, TagKeys tagKeys) {
    this.options = options;
    this.ours = ours;
    this.tagKeys = tagKeys;
  }

  /** A UID that the path of the request names. */
  void path(MatchKey key, String uid) {
    inPath.add(key.match(uid, MatchOptions.LITERAL));
  }

  /**
   * A parameter of the request.
   *
   * @throws BadParameterException when it is given twice, or can't be a value
   */
  void add(String name, String[] given) {
    Optional<List<Integer>> named = AttributeNames.path(name);
    if (named.isEmpty()) {
      // PS3.18 8.3: what isn't supported is ignored, and may be warned of.
      warnings.add(
          SPEAKABLE.matcher(name).matches()
              ? "There is no attribute or parameter " + name + "; it was ignored."
              : "A parameter whose name is none was ignored.");
      return;
    }
    List<Integer> path = named.get();
    Optional<MatchKey> key = path.size() == 1 ? MatchKey.of(path.getFirst()) : Optional.empty();
    Optional<TagKey> tag = StandardKeys.contains(path) ? Optional.empty() : tagKeys.of(path);
    boolean list =
        key.filter(MatchKey::takesList).isPresent() || tag.filter(TagKey::takesList).isPresent();
    if (!list && (given.length != 1 || !seen.add(path))) {
      throw new BadParameterException(name, "The attribute is given more than once.");
    }
    included.add(path.getFirst());
    for (String value : given) {
      if (value.indexOf('\0') >= 0) {
        throw new BadParameterException(name, "The value holds a NUL character.");
      }
    }
    String value = universal(given) ? "" : String.join(",", given);
    if (value.isEmpty()) {
      return;
    }
    Optional<SequenceKey> sequence = SequenceKey.of(path);
    if (key.isPresent()) {
      values.merge(key.get(), value, (one, other) -> one + "," + other);
    } else if (tag.isPresent()) {
      tags.merge(tag.get(), value, (one, other) -> one + "," + other);
    } else if (sequence.isPresent()) {
      items.computeIfAbsent(sequence.get(), _ -> new TreeMap<>()).put(path.get(1), value);
    } else {
      warnings.add("Matching by " + name + " is not supported; it was ignored.");
    }
  }

  /**
   * Empty values, and those of asterisks or separators only, match everything (PS3.4 C.2.2.2.3).
   */
  private static boolean universal(String[] given) {
    return Arrays.stream(given).allMatch(value -> value.chars().allMatch(MatchParameters::filler));
  }

  private static boolean filler(int c) {
    return c == '*' || c == '\\' || Character.isWhitespace(c);
  }

  /** Attributes that were matched by, which results hold for that. */
  Set<Integer> included() {
    return included;
  }

  /** Extended query tags that were matched by. */
  Set<TagKey> tags() {
    return tags.keySet();
  }

  /** What wasn't honoured; complete after {@link #conditions}. */
  Set<String> warnings() {
    return warnings;
  }

  /**
   * The conditions, by the level of their attributes.
   *
   * @throws BadParameterException when a value isn't well formed, or no index helps to find what is
   *     asked for
   */
  Map<Level, List<Condition>> conditions() {
    List<Match> matches = new ArrayList<>(inPath);
    for (DateTimePair pair : DateTimePair.values()) {
      matches.addAll(moments(pair));
    }
    values.forEach((key, value) -> matches.add(key.match(value, options)));
    tags.forEach((key, value) -> matches.add(key.match(value, options)));
    items.forEach((sequence, wanted) -> matches.add(sequence.match(wanted)));
    if (!matches.isEmpty() && matches.stream().allMatch(m -> m.reach() == Reach.NARROWING)) {
      String parameter = matches.getFirst().parameter();
      throw new BadParameterException(
          parameter,
          parameter
              + " finds too much by itself, or begins with a wild card and has less than three"
              + " letters in a row; add a key such as StudyDate, PatientID, PatientName,"
              + " AccessionNumber, Modality or StudyInstanceUID.");
    }
    steady = matches.stream().allMatch(m -> m.reach() == Reach.SINGLE);
    Map<Level, List<Condition>> conditions = new LinkedHashMap<>();
    for (Match match : matches) {
      conditions.computeIfAbsent(match.level(), _ -> new ArrayList<>()).add(match.condition());
    }
    return conditions;
  }

  /** Whether all values find a few rows each; known after {@link #conditions}. */
  boolean steady() {
    return steady;
  }

  /** What can only be said by date and time together. What can't stays among the values. */
  private Optional<Match> pair(DateTimePair pair) {
    Optional<Bounds> dates = bounds(pair.date());
    Optional<Bounds> times = bounds(pair.time());
    if (dates.isEmpty()) {
      if (times.isPresent() && options.zone().isPresent()) {
        warnUnshifted(pair);
      }
      return Optional.empty();
    }
    boolean oneMoment = times.isEmpty() || oneMoment(dates.get(), times.get());
    if (!oneMoment || dates.get().from().equals(dates.get().to())) {
      times.ifPresent(bounds -> DateTimeRanges.ordered(pair.time().keyword(), bounds));
    }
    if (options.zone().isPresent()) {
      values.remove(pair.date());
      if (oneMoment) {
        values.remove(pair.time());
      } else {
        warnUnshifted(pair);
      }
      Bounds within = oneMoment ? times.orElse(ANY_TIME) : ANY_TIME;
      return Optional.of(
          new ZonedRanges(pair, options.zone().get(), ours).match(dates.get(), within));
    }
    if (times.isEmpty() || !dates.get().range() || !oneMoment) {
      return Optional.empty();
    }
    values.remove(pair.date());
    values.remove(pair.time());
    return Optional.of(pair.combined(dates.get(), times.get()));
  }

  private List<Match> moments(DateTimePair pair) {
    return pair(pair).stream().toList();
  }

  /** Ranges of one form; or times of a single day, unless they reach to its beginning or end. */
  private static boolean oneMoment(Bounds dates, Bounds times) {
    boolean singleDay = !dates.range() && !times.from().isEmpty() && !times.to().isEmpty();
    return singleDay || dates.sameForm(times);
  }

  private void warnUnshifted(DateTimePair pair) {
    warnings.add(
        "TimezoneOffsetFromUTC was not applied to "
            + pair.time().keyword()
            + "; times are compared as objects have them.");
  }

  private Optional<Bounds> bounds(MatchKey key) {
    String value = values.get(key);
    if (value == null || value.strip().equals(MatchOptions.EMPTY)) {
      return Optional.empty();
    }
    return Optional.of(
        key == MatchKey.STUDY_TIME
                || key == MatchKey.SERIES_TIME
                || key == MatchKey.PROCEDURE_STEP_TIME
            ? DateTimeRanges.timeBounds(key.keyword(), value.strip())
            : DateTimeRanges.dateBounds(key.keyword(), value.strip()));
  }
}
