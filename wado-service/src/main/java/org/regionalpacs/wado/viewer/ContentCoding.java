package org.regionalpacs.wado.viewer;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** How the bytes of a file go over the line (RFC 9110 8.4.1), the smallest first. */
enum ContentCoding {
  BROTLI("br", ".br"),
  GZIP("gzip", ".gz"),
  IDENTITY("identity", "");

  private final String token;
  private final String ending;

  ContentCoding(String token, String ending) {
    this.token = token;
    this.ending = ending;
  }

  /** Its name in headers. */
  String token() {
    return token;
  }

  /** What the name of a file ends with that is kept so. */
  String ending() {
    return ending;
  }

  /**
   * The coding to answer with (RFC 9110 12.5.3): what the client wants most, of equals the
   * smallest. Identity when it takes nothing else, also when it says that it doesn't take that.
   *
   * @param acceptEncoding values of the header; none: identity
   */
  static ContentCoding best(List<String> acceptEncoding) {
    Map<String, Double> qualities = new HashMap<>();
    for (String each : String.join(",", acceptEncoding).split(",")) {
      String[] parts = each.strip().toLowerCase(Locale.ROOT).split("\\s*;\\s*q\\s*=\\s*", 2);
      String token = parts[0].equals("x-gzip") ? GZIP.token : parts[0];
      qualities.put(token, parts.length == 1 ? 1 : quality(parts[1]));
    }
    double others = qualities.getOrDefault("*", 0.0);
    return Stream.of(BROTLI, GZIP)
        .filter(coding -> qualities.getOrDefault(coding.token, others) > 0)
        .max(Comparator.comparingDouble(coding -> qualities.getOrDefault(coding.token, others)))
        .orElse(IDENTITY);
  }

  private static double quality(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException _) {
      return 0;
    }
  }
}
