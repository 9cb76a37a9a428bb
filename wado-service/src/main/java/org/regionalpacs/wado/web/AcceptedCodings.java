package org.regionalpacs.wado.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.http.HttpHeaders;

/**
 * The content codings that a client takes, and how much it wants each (RFC 9110 12.5.3). Tolerant:
 * what can't be read isn't taken.
 */
public final class AcceptedCodings {
  private static final String OLD_GZIP = "x-gzip";
  private static final AcceptedCodings NONE = new AcceptedCodings(Map.of());
  private static final HeaderMemo<String, AcceptedCodings> KNOWN =
      new HeaderMemo<>(AcceptedCodings::read);

  private final Map<String, Double> qualities;

  private AcceptedCodings(Map<String, Double> qualities) {
    this.qualities = Map.copyOf(qualities);
  }

  /** Those of a request; none without the header. */
  public static AcceptedCodings of(HttpServletRequest request) {
    // Who asks for the most frames sends none.
    return request.getHeader(HttpHeaders.ACCEPT_ENCODING) == null
        ? NONE
        : of(Collections.list(request.getHeaders(HttpHeaders.ACCEPT_ENCODING)));
  }

  /** Those of the header's values. */
  public static AcceptedCodings of(List<String> values) {
    String header = String.join(",", values);
    return KNOWN.of(header, header.length());
  }

  private static AcceptedCodings read(String header) {
    Map<String, Double> qualities = new HashMap<>();
    for (String each : header.split(",")) {
      String[] parts = each.strip().toLowerCase(Locale.ROOT).split("\\s*;\\s*q\\s*=\\s*", 2);
      String token = parts[0].equals(OLD_GZIP) ? "gzip" : parts[0];
      qualities.put(token, parts.length == 1 ? 1 : number(parts[1]));
    }
    return new AcceptedCodings(qualities);
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException _) {
      return 0;
    }
  }

  /** From 0 (not taken) to 1, also where it is only one of all others ({@code *}). */
  public double quality(String token) {
    return qualities.getOrDefault(token, named("*"));
  }

  /** The same of one that has to be named. */
  public double named(String token) {
    return qualities.getOrDefault(token, 0.0);
  }
}
