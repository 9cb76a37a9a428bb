package org.regionalpacs.wado.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;

/** Negotiation of responses that exist as DICOM JSON only (PS3.18 8.7.3.2). */
public final class JsonMediaType {
  private static final List<String> SERVED = List.of("application/dicom+json", "application/json");

  private JsonMediaType() {}

  /**
   * The Content-Type to answer with.
   *
   * @throws NotAcceptableException when JSON isn't accepted
   */
  public static String negotiate(HttpServletRequest request) {
    for (MediaRange range : AcceptHeader.of(request)) {
      for (String mediaType : SERVED) {
        if (!range.multipart() && range.covers(mediaType)) {
          return mediaType;
        }
      }
    }
    throw new NotAcceptableException(SERVED);
  }
}
