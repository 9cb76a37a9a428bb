package org.regionalpacs.wado.portal;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** A person's name as people write it (PS3.5 6.2.1, PS3.18 F.2.2). */
final class PersonName {
  private PersonName() {}

  /**
   * The first value of an attribute of VR PN; empty without one. The group that the reader's
   * language is written in stands first, the other in brackets.
   */
  static String shown(JsonNode attribute, Locale locale) {
    JsonNode name = attribute.path("Value").path(0);
    String alphabetic = alphabetic(name.path("Alphabetic").asString(""));
    String ideographic = plain(name.path("Ideographic").asString(""), "");
    List<String> groups =
        locale.getLanguage().equals("zh")
            ? List.of(ideographic, alphabetic)
            : List.of(alphabetic, ideographic);
    List<String> present = groups.stream().filter(group -> !group.isEmpty()).toList();
    return switch (present.size()) {
      case 0 -> "";
      case 1 -> present.getFirst();
      default -> present.getFirst() + " (" + present.getLast() + ")";
    };
  }

  /** Family, given and middle name; prefix and suffix where they belong. */
  private static String alphabetic(String group) {
    String[] parts = group.split("\\^", 5);
    if (parts.length == 1) {
      return group.strip();
    }
    String given = joined(Stream.of(part(parts, 3), part(parts, 1), part(parts, 2)), " ");
    return joined(Stream.of(part(parts, 0), given, part(parts, 4)), ", ");
  }

  private static String plain(String group, String between) {
    return joined(Stream.of(group.split("\\^")), between);
  }

  private static String joined(Stream<String> parts, String between) {
    return parts
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(between));
  }

  private static String part(String[] parts, int index) {
    return index < parts.length ? parts[index] : "";
  }
}
