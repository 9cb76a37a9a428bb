package org.regionalpacs.wado.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import org.springframework.http.HttpHeaders;

/** Conditional requests (RFC 9110 13.1.2) and content codings (12.5.3). */
public final class Conditional {
  private static final HeaderMemo<String, Boolean> GZIP =
      new HeaderMemo<>(Conditional::gzipAccepted);

  private Conditional() {}

  /**
   * Sets the entity tag, and the status 304 when the client has that very representation.
   *
   * @return whether the client has it, so that no body is to be sent
   */
  public static boolean notModified(
      HttpServletRequest request, HttpServletResponse response, String etag) {
    response.setHeader(HttpHeaders.ETAG, etag);
    // The client may keep it, and must ask whether it is still right.
    response.setHeader(HttpHeaders.CACHE_CONTROL, "private, no-cache");
    for (String header : Collections.list(request.getHeaders(HttpHeaders.IF_NONE_MATCH))) {
      for (String known : AcceptHeader.split(header, ',')) {
        String given = known.strip();
        String tag = given.startsWith("W/") ? given.substring(2) : given;
        if (tag.equals("*") || tag.equals(etag)) {
          response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
          return true;
        }
      }
    }
    return false;
  }

  /** Whether the client takes gzip. */
  public static boolean gzipAccepted(HttpServletRequest request) {
    for (String header : Collections.list(request.getHeaders(HttpHeaders.ACCEPT_ENCODING))) {
      if (GZIP.of(header, header.length())) {
        return true;
      }
    }
    return false;
  }

  private static boolean gzipAccepted(String header) {
    for (String coding : AcceptHeader.split(header, ',')) {
      String text = coding.replace(" ", "");
      boolean named = text.matches("(?i)(x-)?gzip(;.*)?|\\*(;.*)?");
      if (named && !text.matches("(?i).*;q=0(\\.0*)?")) {
        return true;
      }
    }
    return false;
  }
}
