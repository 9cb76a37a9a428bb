package org.regionalpacs.dicom.data;

import java.util.Optional;
import java.util.function.Function;

/** What stands on the two sides of a range's hyphen. */
record RangeParts<V>(Optional<V> from, Optional<V> to) {

  /** Splits at the first hyphen; a text without one is both bounds. */
  static <V> Optional<RangeParts<V>> split(String text, Function<String, Optional<V>> parse) {
    int hyphen = text.indexOf('-');
    return hyphen < 0
        ? parse.apply(text).map(one -> new RangeParts<>(Optional.of(one), Optional.of(one)))
        : at(text, hyphen, parse);
  }

  /** Splits at a hyphen; empty when a side is no value, or both are empty. */
  static <V> Optional<RangeParts<V>> at(
      String text, int hyphen, Function<String, Optional<V>> parse) {
    String lower = text.substring(0, hyphen).strip();
    String upper = text.substring(hyphen + 1).strip();
    Optional<V> from = parse.apply(lower);
    Optional<V> to = parse.apply(upper);
    boolean valid = from.isPresent() != lower.isEmpty() && to.isPresent() != upper.isEmpty();
    return valid && !(lower.isEmpty() && upper.isEmpty())
        ? Optional.of(new RangeParts<>(from, to))
        : Optional.empty();
  }
}
