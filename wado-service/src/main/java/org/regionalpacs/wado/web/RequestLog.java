package org.regionalpacs.wado.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.regionalpacs.index.ObjectLocation;
import org.regionalpacs.storage.cached.HotCache;

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

  /**
   * Where a range of the bytes comes from; of several the farthest counts: a blob store, then
   * Redis, then what the process still has, then this host's file.
   */
  public void servedFrom(String store) {
    if (servedFrom.isEmpty() || distance(store) > distance(servedFrom)) {
      servedFrom = store;
    }
  }

  private static int distance(String store) {
    return switch (store) {
      case ObjectLocation.ONLINE -> 0;
      case HotCache.MEMORY -> 1;
      case HotCache.NAME -> 2;
      default -> 3;
    };
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
