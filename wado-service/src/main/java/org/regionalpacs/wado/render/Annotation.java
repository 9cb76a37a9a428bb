package org.regionalpacs.wado.render;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.regionalpacs.wado.web.BadParameterException;

/** What is burned into a picture (PS3.18 8.3.5.1.1). */
enum Annotation {
  PATIENT,
  TECHNIQUE;

  static final String NAME = "annotation";

  /**
   * Reads a list of keywords, separated by commas.
   *
   * @throws BadParameterException when one isn't known
   */
  static Set<Annotation> parse(String text) {
    Set<Annotation> annotations = EnumSet.noneOf(Annotation.class);
    for (String keyword : text.split(",", -1)) {
      annotations.add(
          Arrays.stream(values())
              .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(keyword.strip()))
              .findFirst()
              .orElseThrow(() ->
                  new BadParameterException(
                      NAME, "The annotation must be patient, technique, or both.")));
    }
    return annotations;
  }
}
