package org.regionalpacs.wado.portal;

import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * A study as a line of the list; what isn't known is empty.
 *
 * @param date as YYYY-MM-DD
 * @param time as HH:MM
 * @param birthDate as YYYY-MM-DD
 * @param nearline whether its images come from the archive, which takes longer
 */
public record ListedStudy(
    String uid,
    String patientName,
    String patientId,
    String birthDate,
    String sex,
    String date,
    String time,
    String modalities,
    String description,
    String accession,
    String series,
    String instances,
    boolean nearline) {

  static ListedStudy of(JsonNode study, Locale locale) {
    return new ListedStudy(
        text(study, "0020000D"),
        PersonName.shown(study.path("00100010"), locale),
        text(study, "00100020"),
        date(text(study, "00100030")),
        text(study, "00100040"),
        date(text(study, "00080020")),
        time(text(study, "00080030")),
        texts(study, "00080061"),
        text(study, "00081030"),
        text(study, "00080050"),
        text(study, "00201206"),
        text(study, "00201208"),
        text(study, "00080056").equals("NEARLINE"));
  }

  private static String text(JsonNode study, String tag) {
    return study.path(tag).path("Value").path(0).asString("");
  }

  private static String texts(JsonNode study, String tag) {
    return study
        .path(tag)
        .path("Value")
        .valueStream()
        .map(value -> value.asString(""))
        .collect(Collectors.joining(" "));
  }

  /** What isn't a date of PS3.5 is shown as it is. */
  private static String date(String text) {
    return text.matches("\\d{8}")
        ? text.substring(0, 4) + "-" + text.substring(4, 6) + "-" + text.substring(6)
        : text;
  }

  private static String time(String text) {
    return text.matches("\\d{4}.*") ? text.substring(0, 2) + ":" + text.substring(2, 4) : text;
  }
}
