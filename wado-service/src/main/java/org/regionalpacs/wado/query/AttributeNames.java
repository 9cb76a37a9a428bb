package org.regionalpacs.wado.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.regionalpacs.dicom.data.ElementDictionary;

/**
 * How a request names an attribute: keyword or eight hex digits; those in items of sequences by the
 * names of the sequences before theirs, joined by dots (PS3.18 8.3.4.1).
 */
final class AttributeNames {
  private static final Pattern HEX = Pattern.compile("[0-9A-Fa-f]{8}");

  private AttributeNames() {}

  /** The tags of the way to an attribute, one at least; empty when a name is none. */
  static Optional<List<Integer>> path(String name) {
    List<Integer> tags = new ArrayList<>();
    for (String part : name.split("\\.", -1)) {
      OptionalInt tag = tag(part);
      if (tag.isEmpty()) {
        return Optional.empty();
      }
      tags.add(tag.getAsInt());
    }
    return Optional.of(List.copyOf(tags));
  }

  private static OptionalInt tag(String name) {
    return HEX.matcher(name).matches()
        ? OptionalInt.of(Integer.parseUnsignedInt(name, 16))
        : ElementDictionary.tagForKeyword(name);
  }
}
