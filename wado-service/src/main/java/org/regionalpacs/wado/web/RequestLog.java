package org.regionalpacs.wado.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** What a request's handler adds to its line of the access log. Of one request, one thread. */
public final class RequestLog {
  private static final String ATTRIBUTE = RequestLog.class.getName();

  private String comment = "";
  private String servedFrom = "";
  private Optional<Long> received = Optional.empty();

  private RequestLog() {}

  /** The one of this request. */
  public static RequestLog of(HttpServletRequest request) {
    if (request.getAttribute(ATTRIBUTE) instanceof RequestLog log) {
      return log;
    }
    RequestLog log = new RequestLog();
    request.setAttribute(ATTRIBUTE, log);
    return log;
  }

  /** Why it failed. */
  public void comment(String reason) {
    this.comment = reason;
  }

  /** The store that the bytes come from. */
  public void servedFrom(String store) {
    this.servedFrom = store;
  }

  /** Bytes that were received, for a request that stores. */
  public void received(long bytes) {
    this.received = Optional.of(bytes);
  }

  String comment() {
    return comment;
  }

  String servedFrom() {
    return servedFrom;
  }

  Optional<Long> received() {
    return received;
  }
}
