package org.regionalpacs.wado.portal;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.regionalpacs.wado.web.BadParameterException;

/**
 * What somebody looks for. Texts are as they were typed; empty ones ask for nothing.
 *
 * @param name of the patient: words of it, or how it begins
 * @param from the first day, YYYY-MM-DD
 * @param to the last day, YYYY-MM-DD
 * @param page from 0 on
 */
public record StudyFilter(
    String name, String id, String accession, String modality, String from, String to, int page) {
  /** Studies of a page. */
  static final int SIZE = 25;

  private static final int LONGEST = 64;
  private static final int MOST_PAGES = 4000;

  static StudyFilter of(Map<String, String[]> parameters) {
    return new StudyFilter(
        text(parameters, "name"),
        text(parameters, "id"),
        text(parameters, "accession"),
        text(parameters, "modality"),
        text(parameters, "from"),
        text(parameters, "to"),
        page(text(parameters, "page")));
  }

  private static String text(Map<String, String[]> parameters, String name) {
    String[] values = parameters.getOrDefault(name, new String[] {""});
    String text = values[0].strip();
    if (text.length() > LONGEST) {
      throw new BadParameterException(name, name + " is longer than " + LONGEST + " characters.");
    }
    return text;
  }

  private static int page(String text) {
    if (text.isEmpty()) {
      return 0;
    }
    if (!text.matches("\\d{1,4}") || Integer.parseInt(text) > MOST_PAGES) {
      throw new BadParameterException("page", "page must be 0 to " + MOST_PAGES + ".");
    }
    return Integer.parseInt(text);
  }

  /** The same as parameters of QIDO-RS. */
  Map<String, String[]> search() {
    Map<String, String[]> search = new LinkedHashMap<>();
    if (!name.isEmpty()) {
      put(search, "PatientName", literal(name).replaceAll("[\\s,]+", "^") + "*");
      // Without wild cards of one's own: words in any order, and misheard ones, are found too.
      put(search, "fuzzymatching", "true");
    }
    beginning(search, "PatientID", id);
    beginning(search, "AccessionNumber", accession);
    if (!modality.isEmpty()) {
      put(search, "ModalitiesInStudy", literal(modality).toUpperCase(Locale.ROOT));
    }
    days().ifPresent(range -> put(search, "StudyDate", range));
    put(search, "includefield", "00081030,00080056,00201206,00201208");
    put(search, "limit", Integer.toString(SIZE));
    put(search, "offset", Integer.toString(page * SIZE));
    return search;
  }

  private static void beginning(Map<String, String[]> search, String key, String typed) {
    if (!typed.isEmpty()) {
      put(search, key, literal(typed) + "*");
    }
  }

  /** People type no wild cards, and no lists. */
  private static String literal(String typed) {
    return typed.replaceAll("[*?\\\\]", "");
  }

  private Optional<String> days() {
    String range = day("from", from) + "-" + day("to", to);
    return range.equals("-") ? Optional.empty() : Optional.of(range);
  }

  private static String day(String parameter, String day) {
    try {
      return day.isEmpty() ? "" : LocalDate.parse(day).format(DateTimeFormatter.BASIC_ISO_DATE);
    } catch (DateTimeParseException _) {
      throw new BadParameterException(parameter, parameter + " must be a day, such as 2026-01-31.");
    }
  }

  private static void put(Map<String, String[]> search, String name, String value) {
    search.put(name, new String[] {value});
  }

  /** The same for another page, as the query of an address. */
  String query(int other) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("name", name);
    fields.put("id", id);
    fields.put("accession", accession);
    fields.put("modality", modality);
    fields.put("from", from);
    fields.put("to", to);
    fields.put("page", Integer.toString(other));
    return fields.entrySet().stream()
        .filter(field -> !field.getValue().isEmpty())
        .map(field ->
            field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }
}
