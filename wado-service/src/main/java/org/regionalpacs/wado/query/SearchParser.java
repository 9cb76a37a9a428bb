package org.regionalpacs.wado.query;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.regionalpacs.wado.web.BadParameterException;

/** Reads the parameters of a search (PS3.18 8.3.4). One for each request. */
final class SearchParser {
  /** Said in the words of the standard (PS3.18 8.3.4.2). */
  private static final String NO_FUZZY =
      "The fuzzymatching parameter is not supported. Only literal matching has been performed.";

  private static final Set<String> NOT_OURS = Set.of("accept", "charset");

  private final QueryProperties properties;
  private final Target target;
  private final Map<Level, List<Condition>> conditions = new EnumMap<>(Level.class);
  private final Set<Integer> included = new HashSet<>();
  private final Set<Integer> matched = new HashSet<>();
  private final Set<String> warnings = new LinkedHashSet<>();
  private boolean all;

  private SearchParser(QueryProperties properties, Target target) {
    this.properties = properties;
    this.target = target;
  }

  /**
   * @throws BadParameterException when a parameter isn't known or its value not well formed
   */
  static Search parse(QueryProperties properties, Target target, Map<String, String[]> parameters) {
    return new SearchParser(properties, target).parse(parameters);
  }

  private Search parse(Map<String, String[]> parameters) {
    target.study().ifPresent(uid -> add(MatchKey.STUDY_INSTANCE_UID, uid));
    target.series().ifPresent(uid -> add(MatchKey.SERIES_INSTANCE_UID, uid));
    Search.Page page = page(parameters);
    parameters.forEach(this::parameter);
    return new Search(
        target,
        conditions,
        new Selection(target, Set.copyOf(included), all),
        page,
        List.copyOf(warnings));
  }

  private void parameter(String name, String[] values) {
    switch (name) {
      case "limit", "offset" -> {}
      case "includefield" -> include(values);
      case "fuzzymatching" -> {
        if (flag(name, only(name, values))) {
          warnings.add(NO_FUZZY);
        }
      }
      case "emptyvaluematching", "multiplevaluematching" -> {
        if (flag(name, only(name, values))) {
          warnings.add("The " + name + " parameter is not supported.");
        }
      }
      default -> {
        if (!NOT_OURS.contains(name)) {
          attribute(name, values);
        }
      }
    }
  }

  private void attribute(String name, String[] values) {
    OptionalInt tag = AttributeNames.tag(name);
    if (tag.isEmpty() && !AttributeNames.path(name)) {
      throw new BadParameterException(name, "There is no attribute or parameter of this name.");
    }
    String value = only(name, values);
    if (tag.isPresent()) {
      included.add(tag.getAsInt());
      if (!matched.add(tag.getAsInt())) {
        throw new BadParameterException(name, "The attribute is given more than once.");
      }
    }
    if (value.isBlank()) {
      return;
    }
    if (value.indexOf('\0') >= 0) {
      throw new BadParameterException(name, "The value holds a NUL character.");
    }
    tag.stream()
        .mapToObj(MatchKey::of)
        .flatMap(java.util.Optional::stream)
        .findFirst()
        .ifPresentOrElse(
            key -> add(key, value),
            () -> warnings.add("Matching by " + name + " is not supported; it was ignored."));
  }

  private void add(MatchKey key, String value) {
    conditions.computeIfAbsent(key.level(), _ -> new ArrayList<>()).add(key.condition(value));
  }

  private void include(String[] values) {
    for (String list : values) {
      for (String name : list.split(",")) {
        include(name.strip());
      }
    }
  }

  private void include(String name) {
    if (name.equals("all")) {
      all = true;
      return;
    }
    OptionalInt tag = AttributeNames.tag(name);
    if (tag.isPresent()) {
      included.add(tag.getAsInt());
    } else if (!name.isEmpty() && !AttributeNames.path(name)) {
      throw new BadParameterException(
          "includefield", "includefield names an attribute that doesn't exist.");
    }
  }

  private Search.Page page(Map<String, String[]> parameters) {
    long offset = number("offset", parameters, 0);
    long wanted = number("limit", parameters, properties.defaultLimit());
    if (wanted > properties.maxLimit()) {
      warnings.add(
          "The number of results is limited to "
              + properties.maxLimit()
              + "; more can be requested with an offset.");
    }
    int limit = (int) Math.min(wanted, properties.maxLimit());
    return new Search.Page(offset, limit, !parameters.containsKey("limit"));
  }

  private static long number(String name, Map<String, String[]> parameters, long otherwise) {
    String[] values = parameters.get(name);
    if (values == null) {
      return otherwise;
    }
    String text = only(name, values);
    if (!text.matches("\\d{1,9}")) {
      throw new BadParameterException(name, name + " must be a number, 0 to 999999999.");
    }
    return Long.parseLong(text);
  }

  private static boolean flag(String name, String value) {
    return switch (value) {
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
