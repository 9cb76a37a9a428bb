package org.regionalpacs.index;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One value of an extended query tag.
 *
 * @param shown as received, decoded
 * @param text as it is compared, of all kinds but names and numbers
 * @param name folded
 * @param number as it is compared
 */
record QueryTagValue(
    String shown, Optional<String> text, Optional<String> name, OptionalDouble number) {

  static QueryTagValue text(String shown, String compared) {
    return new QueryTagValue(
        shown, Optional.of(compared), Optional.empty(), OptionalDouble.empty());
  }

  static QueryTagValue name(String shown, String folded) {
    return new QueryTagValue(shown, Optional.empty(), Optional.of(folded), OptionalDouble.empty());
  }

  static QueryTagValue number(String shown, double number) {
    return new QueryTagValue(shown, Optional.empty(), Optional.empty(), OptionalDouble.of(number));
  }
}
