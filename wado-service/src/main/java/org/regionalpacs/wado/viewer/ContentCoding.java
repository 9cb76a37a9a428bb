package org.regionalpacs.wado.viewer;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.regionalpacs.wado.web.AcceptedCodings;

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
    AcceptedCodings accepted = AcceptedCodings.of(acceptEncoding);
    return Stream.of(BROTLI, GZIP)
        .filter(coding -> accepted.quality(coding.token) > 0)
        .max(Comparator.comparingDouble(coding -> accepted.quality(coding.token)))
        .orElse(IDENTITY);
  }
}
