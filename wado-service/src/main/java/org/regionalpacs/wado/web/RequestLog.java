package org.regionalpacs.wado.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.regionalpacs.index.ObjectLocation;
import org.regionalpacs.storage.StorageConfiguration;
import org.regionalpacs.storage.cached.HotCache;

/** What a request's handler adds to its line of the access log. Of one request. */
public final class RequestLog {
  /** What no server sends: the client closed the connection before it had the whole answer. */
  static final int CLIENT_CLOSED = 499;

  static final String WENT_AWAY = "client went away";

  private static final String ATTRIBUTE = RequestLog.class.getName();

  private String comment = "";
  private String servedFrom = "";
  private boolean rendition;
  private Optional<String> caller = Optional.empty();
  private Optional<Stored> stored = Optional.empty();
  private Optional<Integer> brokenOff = Optional.empty();

  private RequestLog() {}

  /** What all objects that a request stored have in common, each empty where they don't. */
  record Stored(String study, String series, String instance) {}

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
   * Redis, then what the process still has, then this host's file. Any thread may say so.
   */
  public synchronized void servedFrom(String store) {
    if (servedFrom.isEmpty() || distance(store) > distance(servedFrom)) {
      servedFrom = store;
    }
  }

  /** What is sent is of another encoding than the received one. */
  public synchronized void rendition() {
    rendition = true;
  }

  /** Where the bytes came from, for metrics. */
  synchronized ServedFrom source() {
    if (servedFrom.isEmpty()) {
      return ServedFrom.NONE;
    }
    if (rendition) {
      return ServedFrom.RENDITION;
    }
    return switch (servedFrom) {
      case ObjectLocation.ONLINE -> ServedFrom.ONLINE;
      case HotCache.MEMORY, HotCache.NAME -> ServedFrom.CACHE;
      case StorageConfiguration.DERIVED -> ServedFrom.DERIVED;
      default -> ServedFrom.ARCHIVE;
    };
  }

  private static int distance(String store) {
    return switch (store) {
      case ObjectLocation.ONLINE -> 0;
      case HotCache.MEMORY -> 1;
      case HotCache.NAME -> 2;
      default -> 3;
    };
  }

  /** UIDs that all objects have that the request stored, each empty where they differ. */
  public void stored(String study, String series, String instance) {
    this.stored = Optional.of(new Stored(study, series, instance));
  }

  Optional<Stored> stored() {
    return stored;
  }

  /** The authenticated user. */
  void caller(String name) {
    this.caller = Optional.of(name);
  }

  /** The body broke off, with a status that could not be sent any more. */
  void brokeOff(int status, String reason) {
    this.brokenOff = Optional.of(status);
    this.comment = reason;
  }

  String comment() {
    return comment;
  }

  synchronized String servedFrom() {
    return servedFrom;
  }

  Optional<String> caller() {
    return caller;
  }

  Optional<Integer> brokenOff() {
    return brokenOff;
  }
}
