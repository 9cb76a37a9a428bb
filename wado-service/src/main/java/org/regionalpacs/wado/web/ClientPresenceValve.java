package org.regionalpacs.wado.web;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;

/**
 * Lets handlers look whether their client is still there, by {@link ClientPresence}. A client of
 * HTTP/1.1 has gone when its side of the connection is closed. Nothing else tells before the answer
 * is written, which is too late for work that takes long.
 */
final class ClientPresenceValve extends ValveBase {
  ClientPresenceValve() {
    super(true);
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    org.apache.coyote.Request connection = request.getCoyoteRequest();
    ClientPresence presence = () -> isGone(connection);
    request.setAttribute(ClientPresence.ATTRIBUTE, presence);
    getNext().invoke(request, response);
  }

  private static boolean isGone(org.apache.coyote.Request request) {
    AtomicBoolean open = new AtomicBoolean(true);
    request.action(ActionCode.IS_IO_ALLOWED, open);
    if (!open.get()) {
      return true;
    }
    boolean body =
        request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
    // Bytes of the next request are reported once and then lie in the buffer, an end every time.
    return !body && reports(request) && reports(request);
  }

  /** Whether bytes, or the end of the stream, have come since what was read last. */
  private static boolean reports(org.apache.coyote.Request request) {
    request.action(ActionCode.AVAILABLE, Boolean.TRUE);
    boolean reports = request.getAvailable() > 0;
    request.setAvailable(0);
    return reports;
  }
}
