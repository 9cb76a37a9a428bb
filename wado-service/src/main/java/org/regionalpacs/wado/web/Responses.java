package org.regionalpacs.wado.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.OptionalLong;

/** Sends bodies: streamed, by the request's own thread; a HEAD request gets the headers only. */
public final class Responses {
  private Responses() {}

  /**
   * Sends a body.
   *
   * @param length its bytes, if known beforehand
   */
  public static void send(
      HttpServletRequest request,
      HttpServletResponse response,
      String contentType,
      OptionalLong length,
      BodySource body)
      throws IOException {
    response.setContentType(contentType);
    length.ifPresent(response::setContentLengthLong);
    if (!request.getMethod().equals("HEAD")) {
      body.writeTo(response.getOutputStream());
    }
  }

  /** Sends parts as multipart/related. */
  public static void send(
      HttpServletRequest request, HttpServletResponse response, MultipartBody body)
      throws IOException {
    send(request, response, body.contentType(), body.length(), body);
  }

  /** Adds a warning in the form that PS3.18 8.3.4 has for what wasn't honoured. */
  public static void warn(HttpServletResponse response, String service, String text) {
    response.addHeader("Warning", "299 " + service + ": " + text);
  }
}
