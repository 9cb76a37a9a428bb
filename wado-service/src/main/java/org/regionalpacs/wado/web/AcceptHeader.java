package org.regionalpacs.wado.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.http.HttpHeaders;

/**
 * What a client accepts, most wanted first (PS3.18 8.7.8): the {@code accept} query parameter, then
 * the Accept header, each by quality. Tolerant: quoted and unquoted values, comma lists, repeated
 * headers; a range that can't be read is passed over. Of ranges that cover a media type the most
 * exact one counts. Nothing given accepts everything.
 */
public final class AcceptHeader {
  private static final Comparator<MediaRange> MOST_WANTED_FIRST =
      Comparator.comparingDouble(MediaRange::quality)
          .thenComparingInt(MediaRange::precision)
          .reversed();

  private static final HeaderMemo<Given, List<MediaRange>> KNOWN = new HeaderMemo<>(Given::read);

  private AcceptHeader() {}

  /** The values of parameter and header. */
  private record Given(List<String> parameter, List<String> header) {
    List<MediaRange> read() {
      return AcceptHeader.read(parameter, header);
    }

    int length() {
      int length = 0;
      for (String value : parameter) {
        length += value.length();
      }
      for (String value : header) {
        length += value.length();
      }
      return length;
    }
  }

  /** The ranges of a request; never empty unless nothing readable was given. */
  public static List<MediaRange> of(HttpServletRequest request) {
    String[] parameter = request.getParameterValues("accept");
    List<String> header = Collections.list(request.getHeaders(HttpHeaders.ACCEPT));
    return of(parameter == null ? List.of() : List.of(parameter), header);
  }

  /** A single media type with its parameters, such as a Content-Type. */
  public static MediaRange mediaType(String text) {
    return range(text);
  }

  /** The ranges of a parameter's values, then those of a header's. */
  public static List<MediaRange> of(List<String> parameter, List<String> header) {
    Given given = new Given(List.copyOf(parameter), List.copyOf(header));
    return KNOWN.of(given, given.length());
  }

  private static List<MediaRange> read(List<String> parameter, List<String> header) {
    List<MediaRange> ranges = new ArrayList<>(parse(parameter));
    parse(header).stream().map(MediaRange::behindParameter).forEach(ranges::add);
    boolean nothingGiven = (String.join("", parameter) + String.join("", header)).isBlank();
    return nothingGiven ? List.of(MediaRange.ANY) : List.copyOf(ranges);
  }

  private static List<MediaRange> parse(List<String> values) {
    List<MediaRange> ranges =
        values.stream()
            .flatMap(value -> split(value, ',').stream())
            .map(AcceptHeader::range)
            .filter(range -> range.type().matches("[^/ ]+/[^/ ]+"))
            .toList();
    return ranges.stream()
        .filter(range -> range.quality() > 0)
        .map(range -> range.among(ranges))
        .sorted(MOST_WANTED_FIRST)
        .toList();
  }

  private static MediaRange range(String text) {
    // A parameter's value may be quoted as a whole: accept="image/jpeg".
    List<String> parts = split(unquoted(text.strip()), ';');
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String part : parts.subList(1, parts.size())) {
      int equals = part.indexOf('=');
      if (equals > 0) {
        String name = part.substring(0, equals).strip().toLowerCase(Locale.ROOT);
        parameters.putIfAbsent(name, unquoted(part.substring(equals + 1).strip()));
      }
    }
    parameters.computeIfPresent("type", (_, given) -> given.replace(' ', '+'));
    double quality = quality(parameters.remove("q"));
    // In a query parameter, the plus sign of application/dicom+json arrives as a space.
    String type = parts.getFirst().strip().toLowerCase(Locale.ROOT).replace(' ', '+');
    return new MediaRange(type, parameters, quality);
  }

  private static double quality(String text) {
    try {
      return text == null ? 1 : Math.clamp(Double.parseDouble(text), 0, 1);
    } catch (NumberFormatException _) {
      return 1;
    }
  }

  static String unquoted(String value) {
    if (value.length() < 2 || !value.startsWith("\"") || !value.endsWith("\"")) {
      return value;
    }
    return value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1");
  }

  /** Splits at a separator outside of quotes; always at least one piece. */
  static List<String> split(String text, char separator) {
    List<String> pieces = new ArrayList<>();
    boolean quoted = false;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted && c == '\\') {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == separator && !quoted) {
        pieces.add(text.substring(start, i));
        start = i + 1;
      }
    }
    pieces.add(text.substring(start));
    return pieces;
  }
}
