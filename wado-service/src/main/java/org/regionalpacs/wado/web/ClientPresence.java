package org.regionalpacs.wado.web;

import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/** Whether the client of a request still waits for its answer. */
@FunctionalInterface
public interface ClientPresence {
  /** Where {@link ClientPresenceValve} leaves it. */
  String ATTRIBUTE = ClientPresence.class.getName();

  /** Nobody can tell, so that the client is taken to be there. */
  ClientPresence UNKNOWN = () -> false;

  /** Whether it has gone. To be asked by the request's own thread only. */
  boolean isGone();

  /** That of the request which this thread serves. */
  static ClientPresence ofThisRequest() {
    RequestAttributes request = RequestContextHolder.getRequestAttributes();
    return request != null
            && request.getAttribute(ATTRIBUTE, RequestAttributes.SCOPE_REQUEST)
                instanceof ClientPresence presence
        ? presence
        : UNKNOWN;
  }
}
