package org.regionalpacs.dicom.data;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many values an attribute has (PS3.5 6.4), such as {@code 1}, {@code 1-3}, {@code 2-n} or
 * {@code 3-3n}.
 *
 * @param least the fewest
 * @param most the most, {@link Integer#MAX_VALUE} without bound
 * @param step of which the number is a multiple
 */
public record ValueMultiplicity(int least, int most, int step) {
  private static final Pattern FORM = Pattern.compile("(\\d+)(?:-(\\d*)(n)?)?");

  /**
   * An attribute with a wrong number of values.
   *
   * @param tag which
   * @param values how many it has
   * @param allowed as the dictionary has it
   */
  public record Violation(int tag, int values, String allowed) {}

  /**
   * Reads the dictionary's form.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static ValueMultiplicity parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("no value multiplicity: " + text);
    }
    int least = Integer.parseInt(matcher.group(1));
    if (matcher.group(2) == null) {
      return new ValueMultiplicity(least, least, 1);
    }
    int second = matcher.group(2).isEmpty() ? 1 : Integer.parseInt(matcher.group(2));
    return matcher.group(3) == null
        ? new ValueMultiplicity(least, second, 1)
        : new ValueMultiplicity(least, Integer.MAX_VALUE, second);
  }

  /** Whether an attribute may have so many values; an empty one always may. */
  public boolean allows(int values) {
    return values == 0 || values >= least && values <= most && values % step == 0;
  }

  /** The attributes with a wrong number of values, those in items included. */
  public static List<Violation> violations(Attributes dataSet) {
    List<Violation> found = new ArrayList<>();
    collect(dataSet, found);
    return found;
  }

  private static void collect(Attributes dataSet, List<Violation> found) {
    for (Element element : dataSet) {
      if (element.value() instanceof Sequence items) {
        items.forEach(item -> collect(item, found));
      } else if (element.value() instanceof byte[] && isCounted(element.vr())) {
        int values = count(dataSet, element);
        ElementDictionary.find(element.tag())
            .filter(entry -> !parse(entry.vm()).allows(values))
            .ifPresent(entry -> found.add(new Violation(entry.tag(), values, entry.vm())));
      }
    }
  }

  private static boolean isCounted(VR vr) {
    return vr.isString() || vr.kind() == VR.Kind.INTEGER || vr.kind() == VR.Kind.FLOAT;
  }

  private static int count(Attributes dataSet, Element element) {
    return element.vr().isString()
        ? dataSet.getStrings(element.tag()).size()
        : ((byte[]) element.value()).length / element.vr().valueSize();
  }
}
