package org.regionalpacs.wado.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.List;
import org.springframework.http.HttpHeaders;

/** Conditional requests (RFC 9110 13.1.2) and content codings (12.5.3). */
public final class Conditional {
  private Conditional() {}

  /**
   * Sets the entity tag, and the status 304 when the client has that very representation.
   *
   * @return whether the client has it, so that no body is to be sent
   */
  public static boolean notModified(
      HttpServletRequest request, HttpServletResponse response, String etag) {
    return notModified(request, response, List.of(etag));
  }

  /**
   * The same where any of several representations would be right, such as one in each coding that
   * the client takes.
   *
   * @param etags that of the one that is set when the client has none first
   */
  public static boolean notModified(
      HttpServletRequest request, HttpServletResponse response, List<String> etags) {
    response.setHeader(HttpHeaders.ETAG, etags.getFirst());
    // The client may keep it, and must ask whether it is still right.
    response.setHeader(HttpHeaders.CACHE_CONTROL, "private, no-cache");
    for (String header : Collections.list(request.getHeaders(HttpHeaders.IF_NONE_MATCH))) {
      for (String known : AcceptHeader.split(header, ',')) {
        String given = known.strip();
        String tag = given.startsWith("W/") ? given.substring(2) : given;
        if (tag.equals("*") || etags.contains(tag)) {
          response.setHeader(HttpHeaders.ETAG, tag.equals("*") ? etags.getFirst() : tag);
          response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
          return true;
        }
      }
    }
    return false;
  }

  /** Whether the client takes gzip. */
  public static boolean gzipAccepted(HttpServletRequest request) {
    return AcceptedCodings.of(request).quality("gzip") > 0;
  }
}
