package org.regionalpacs.wado.query;

import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.regionalpacs.dicom.data.ElementDictionary;

/** How a request names an attribute: keyword or eight hex digits (PS3.18 8.3.4.1.1). */
final class AttributeNames {
  private static final Pattern HEX = Pattern.compile("[0-9A-Fa-f]{8}");

  private AttributeNames() {}

  /** The attribute's tag, empty when it names none. */
  static OptionalInt tag(String name) {
    return HEX.matcher(name).matches()
        ? OptionalInt.of(Integer.parseUnsignedInt(name, 16))
        : ElementDictionary.tagForKeyword(name);
  }

  /** Whether it names an attribute within a sequence: names joined by dots. */
  static boolean path(String name) {
    String[] names = name.split("\\.", -1);
    if (names.length < 2) {
      return false;
    }
    for (String part : names) {
      if (tag(part).isEmpty()) {
        return false;
      }
    }
    return true;
  }
}
