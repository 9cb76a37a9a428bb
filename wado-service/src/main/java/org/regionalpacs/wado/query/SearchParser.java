package org.regionalpacs.wado.query;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.regionalpacs.wado.web.BadParameterException;

/** Reads the parameters of a search (PS3.18 8.3.4). One for each request. */
final class SearchParser {
  private static final Set<String> TIMEZONE = Set.of("TimezoneOffsetFromUTC", "00080201");
  private static final Set<String> UNICODE = Set.of("utf-8", "utf8");

  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");
  private static final int MOST_WARNINGS = 8;
  private static final int LONGEST_WARNING = 250;

  private final QueryProperties properties;
  private final Map<String, String[]> parameters;
  private final Set<Integer> included = new HashSet<>();
  private final Set<String> warnings = new LinkedHashSet<>();
  private final Set<TagKey> tags = new LinkedHashSet<>();
  private final TagKeys tagKeys;
  private boolean all;

  private SearchParser(
      QueryProperties properties, Map<String, String[]> parameters, TagKeys tagKeys) {
    this.properties = properties;
    this.parameters = parameters;
    this.tagKeys = tagKeys;
  }

  /**
   * @param tagKeys what can be searched by beside what is always indexed
   * @throws BadParameterException when a parameter isn't known or its value not well formed
   */
  static Search parse(
      QueryProperties properties,
      Target target,
      Map<String, String[]> parameters,
      TagKeys tagKeys) {
    return new SearchParser(properties, parameters, tagKeys).parse(target);
  }

  private Search parse(Target target) {
    MatchParameters matches = new MatchParameters(options(), properties.timezone(), tagKeys);
    target.study().ifPresent(uid -> matches.path(MatchKey.STUDY_INSTANCE_UID, uid));
    target.series().ifPresent(uid -> matches.path(MatchKey.SERIES_INSTANCE_UID, uid));
    Search.Page page = page();
    parameters.forEach((name, values) -> {
      switch (name) {
        case "limit", "offset", "accept" -> {}
        case "fuzzymatching", "emptyvaluematching", "multiplevaluematching" -> {}
        case "includefield" -> include(values);
        case "charset" -> charset(values);
        default -> {
          if (!TIMEZONE.contains(name)) {
            matches.add(name, values);
          }
        }
      }
    });
    Map<Level, List<Condition>> conditions = matches.conditions();
    included.addAll(matches.included());
    warnings.addAll(matches.warnings());
    tags.addAll(matches.tags());
    if (all) {
      tags.addAll(tagKeys.all());
    }
    tags.forEach(tag -> tag.warning().ifPresent(warnings::add));
    List<TagKey> returned =
        tags.stream().filter(tag -> !tag.level().below(target.level())).toList();
    Selection selection = new Selection(target, Set.copyOf(included), all, returned);
    return new Search(target, conditions, selection, page, matches.steady(), bounded(warnings));
  }

  /** Headers must stay short, however much a request asks for in vain. */
  private static List<String> bounded(Set<String> warnings) {
    List<String> said =
        new ArrayList<>(
            warnings.stream()
                .limit(MOST_WARNINGS)
                .map(text -> text.substring(0, Math.min(text.length(), LONGEST_WARNING)))
                .toList());
    if (warnings.size() > MOST_WARNINGS) {
      said.add((warnings.size() - MOST_WARNINGS) + " more were not honoured.");
    }
    return List.copyOf(said);
  }

  private MatchOptions options() {
    Optional<ZoneOffset> zone =
        TIMEZONE.stream()
            .filter(parameters::containsKey)
            .findFirst()
            .map(name -> Map.entry(name, only(name, parameters.get(name))))
            .filter(given -> !given.getValue().isBlank())
            .map(given -> ZonedRanges.offset(given.getKey(), given.getValue()));
    return new MatchOptions(
        flag("fuzzymatching"), flag("emptyvaluematching"), flag("multiplevaluematching"), zone);
  }

  private void include(String[] values) {
    for (String list : values) {
      for (String name : list.split(",")) {
        include(name.strip());
      }
    }
  }

  /** Of an attribute in items, the whole sequence is returned. */
  private void include(String name) {
    if (name.equals("all")) {
      all = true;
    } else if (!name.isEmpty()) {
      List<Integer> path =
          AttributeNames.path(name)
              .orElseThrow(() ->
                  new BadParameterException(
                      "includefield", "includefield names an attribute that doesn't exist."));
      included.add(path.getFirst());
      List<TagKey> asked = Selection.known(path.getFirst()) ? List.of() : tagKeys.under(path);
      tags.addAll(asked);
      if (asked.isEmpty() && !Selection.known(path.getFirst())) {
        warnings.add("includefield: " + name + " is not kept for searches, so not returned.");
      }
    }
  }

  private void charset(String[] values) {
    for (String value : values) {
      if (!UNICODE.contains(value.strip().toLowerCase(java.util.Locale.ROOT))) {
        warnings.add("The charset parameter is not supported; text is in UTF-8.");
      }
    }
  }

  private Search.Page page() {
    long offset = number("offset", 0);
    long wanted = number("limit", properties.defaultLimit());
    if (wanted > properties.maxLimit()) {
      warnings.add(
          "The number of results is limited to "
              + properties.maxLimit()
              + "; more can be requested with an offset.");
    }
    return new Search.Page(offset, (int) Math.min(wanted, properties.maxLimit()));
  }

  private long number(String name, long otherwise) {
    String[] values = parameters.get(name);
    if (values == null) {
      return otherwise;
    }
    String text = only(name, values);
    if (!NUMBER.matcher(text).matches()) {
      throw new BadParameterException(name, name + " must be a number, 0 to 999999999.");
    }
    return Long.parseLong(text);
  }

  private boolean flag(String name) {
    String[] values = parameters.get(name);
    if (values == null) {
      return false;
    }
    return switch (only(name, values).toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false", "" -> false;
      default -> throw new BadParameterException(name, name + " must be true or false.");
    };
  }

  private static String only(String name, String[] values) {
    if (values.length != 1) {
      throw new BadParameterException(name, "The parameter is given more than once.");
    }
    return values[0];
  }
}
