package org.regionalpacs.wado.render;

import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** Decimal numbers of query parameters. */
final class Decimals {
  private static final int LONGEST = 32;

  /** The JDK would take hexadecimal numbers, type suffixes and NaN too. */
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(\\d{1,12}(\\.\\d{0,12})?|\\.\\d{1,12})([eE][+-]?\\d{1,2})?");

  private Decimals() {}

  /** The number; empty when it is none, or longer than anybody needs. */
  static OptionalDouble parse(String text) {
    return text.length() <= LONGEST && DECIMAL.matcher(text).matches()
        ? OptionalDouble.of(Double.parseDouble(text))
        : OptionalDouble.empty();
  }
}
