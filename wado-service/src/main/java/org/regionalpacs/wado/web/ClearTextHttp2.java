package org.regionalpacs.wado.web;

import org.apache.coyote.Request;
import org.apache.coyote.http2.Http2Protocol;

/**
 * HTTP/2 without TLS for clients that know of it (RFC 9113 3.3). Changing over from HTTP/1.1 is
 * obsolete (3.1) and never done: Java's clients offer it with their first request, and Tomcat would
 * refuse that when it stores more than 4 KB.
 */
final class ClearTextHttp2 extends Http2Protocol {
  @Override
  public boolean accept(Request request) {
    return false;
  }
}
