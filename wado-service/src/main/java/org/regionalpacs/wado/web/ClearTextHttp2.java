package org.regionalpacs.wado.web;

import org.apache.coyote.Request;
import org.apache.coyote.http2.Http2Protocol;

/**
 * HTTP/2 without TLS (RFC 9113 3.3), for who knows of it, and for who offers to change over with a
 * request that has no body: Tomcat would have to keep a body in memory meanwhile, and refuses one
 * of more than 4 KB, as every stored object is.
 */
final class ClearTextHttp2 extends Http2Protocol {
  @Override
  public boolean accept(Request request) {
    boolean body =
        request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
    return !body && super.accept(request);
  }
}
