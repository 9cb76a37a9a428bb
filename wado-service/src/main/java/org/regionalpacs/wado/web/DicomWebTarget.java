package org.regionalpacs.wado.web;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * What a request asks for in the words of PS3.18, told by its method and path alone: also of
 * requests that no handler saw.
 *
 * @param operation such as {@code WADO-RS frames}; {@link #UNKNOWN} when there is no such
 * @param tenant as the path names it, unchecked; empty when it names none
 * @param study as the path names it, unchecked; empty when it names none
 * @param series likewise
 * @param instance likewise
 */
record DicomWebTarget(
    String operation, Optional<String> tenant, String study, String series, String instance) {

  /** Of paths and methods that aren't served. */
  static final String UNKNOWN = "unknown";

  /** WADO-URI names what it wants by parameters, not by its path. */
  static final String WADO_URI = "WADO-URI";

  /**
   * The target of a request.
   *
   * @param method of HTTP
   * @param path decoded, without the context's path
   * @return empty when the path isn't one of DICOMweb
   */
  static Optional<DicomWebTarget> of(String method, String path) {
    Deque<String> segments = segments(path);
    Optional<String> tenant = named("tenants", segments);
    String root = Optional.ofNullable(segments.poll()).map(each -> "/" + each).orElse("");
    if (root.equals(DicomWebOperation.URI) && segments.isEmpty()) {
      return Optional.of(new DicomWebTarget(WADO_URI, tenant, "", "", ""));
    }
    if (!root.equals(DicomWebOperation.ROOT)) {
      return Optional.empty();
    }
    Optional<String> study = named("studies", segments);
    Optional<String> series = study.flatMap(_ -> named("series", segments));
    Optional<String> instance = series.flatMap(_ -> named("instances", segments));
    String level =
        instance.map(_ -> "instance").or(() -> series.map(_ -> "series")).orElse("study");
    return Optional.of(
        new DicomWebTarget(
            DicomWebOperation.of(method, study.map(_ -> level), segments),
            tenant,
            study.orElse(""),
            series.orElse(""),
            instance.orElse("")));
  }

  private static Deque<String> segments(String path) {
    Deque<String> segments = new ArrayDeque<>();
    int start = 0;
    for (int i = 0; i <= path.length(); i++) {
      if (i == path.length() || path.charAt(i) == '/') {
        if (i > start) {
          segments.add(path.substring(start, i));
        }
        start = i + 1;
      }
    }
    return segments;
  }

  /** The same operation on what isn't named by the path. */
  DicomWebTarget naming(String otherStudy, String otherSeries, String otherInstance) {
    return new DicomWebTarget(operation, tenant, otherStudy, otherSeries, otherInstance);
  }

  /** Takes a name and what follows it away, where both are there. */
  private static Optional<String> named(String name, Deque<String> segments) {
    if (segments.size() < 2 || !name.equals(segments.peek())) {
      return Optional.empty();
    }
    segments.remove();
    return Optional.of(segments.remove());
  }
}
