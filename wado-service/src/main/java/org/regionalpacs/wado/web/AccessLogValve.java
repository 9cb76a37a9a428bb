package org.regionalpacs.wado.web;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.security.Principal;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.catalina.AccessLog;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.regionalpacs.messages.LogMessage;
import org.regionalpacs.messages.ReceptionId;
import org.regionalpacs.security.Tenants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes one message of every DICOMweb request, as Tomcat makes a line of its access log: when the
 * last byte of the answer is on its way or the client has gone, also for requests that it refused
 * before any filter or handler saw them; and times it. Preflights ({@code OPTIONS}) aren't
 * recorded.
 */
final class AccessLogValve extends ValveBase implements AccessLog {
  private static final Logger LOG = LoggerFactory.getLogger(AccessLogValve.class);
  private static final String SERVICE = "wado";

  private final Consumer<LogMessage> log;
  private final RequestMetrics metrics;
  private final Tenants tenants;

  /**
   * @param log takes the messages, without waiting
   */
  AccessLogValve(Consumer<LogMessage> log, RequestMetrics metrics, Tenants tenants) {
    super(true);
    this.log = log;
    this.metrics = metrics;
    this.tenants = tenants;
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    getNext().invoke(request, response);
  }

  @Override
  public void log(Request request, Response response, long nanos) {
    try {
      String method = Optional.ofNullable(request.getMethod()).orElse("");
      if (!method.equals("OPTIONS")) {
        DicomWebTarget.of(method, path(request))
            .map(target -> message(target, request, response, nanos / 1_000_000))
            .ifPresent(message -> {
              log.accept(message);
              ServedFrom source = RequestLog.of(request).source();
              metrics.ended(message.operation(), source, message.status(), nanos);
            });
      }
    } catch (RuntimeException e) {
      LOG.warn("A request isn't in the access log: {}", e.toString());
    }
  }

  /** Decoded, so that no spelling of it passes unseen; as sent where it can't be decoded. */
  private static String path(Request request) {
    String path =
        Optional.ofNullable(request.getDecodedRequestURI())
            .or(() -> Optional.ofNullable(request.getRequestURI()))
            .orElse("");
    String context = Optional.ofNullable(request.getContextPath()).orElse("");
    return path.startsWith(context) ? path.substring(context.length()) : path;
  }

  private LogMessage message(
      DicomWebTarget target, Request request, Response response, long millis) {
    RequestLog handled = RequestLog.of(request);
    DicomWebTarget named = named(target, request, handled);
    return new LogMessage(
        LogMessage.SCHEMA_VERSION,
        ReceptionId.next(),
        Instant.now(),
        tenant(target.tenant()),
        SERVICE,
        target.operation(),
        caller(request, handled),
        address(request),
        uid(named.study()),
        uid(named.series()),
        uid(named.instance()),
        status(response, handled),
        comment(response, handled),
        bytes(request, response),
        millis,
        handled.servedFrom());
  }

  /** WADO-URI names what it wants by parameters, objects that are stored by themselves. */
  private static DicomWebTarget named(DicomWebTarget path, Request request, RequestLog handled) {
    if (path.operation().equals(DicomWebTarget.WADO_URI)) {
      return path.naming(
          parameter(request, "studyUID"),
          parameter(request, "seriesUID"),
          parameter(request, "objectUID"));
    }
    return handled
        .stored()
        .filter(stored -> !stored.study().isEmpty())
        .map(stored -> path.naming(stored.study(), stored.series(), stored.instance()))
        .orElse(path);
  }

  /** What strangers write into a path doesn't go into the log unless it is what it should be. */
  private String tenant(Optional<String> named) {
    return named.map(text -> tenants.exists(text) ? text : "").orElseGet(tenants::defaultTenant);
  }

  private static String uid(String text) {
    return PathUids.usable(text) ? text : "";
  }

  private static String parameter(Request request, String name) {
    try {
      return Optional.ofNullable(request.getParameter(name)).orElse("");
    } catch (IllegalStateException e) {
      // They can't be decoded; that is what the request was refused for.
      return "";
    }
  }

  /** Who was authenticated; never who somebody says to be. */
  private static String caller(Request request, RequestLog handled) {
    return handled
        .caller()
        .or(() -> Optional.ofNullable(request.getUserPrincipal()).map(Principal::getName))
        .orElse("");
  }

  /** Of the client, where a proxy that is trusted says so (RemoteIpValve), else of the peer. */
  private static String address(Request request) {
    return request.getAttribute(REMOTE_ADDR_ATTRIBUTE) instanceof String client
        ? client
        : Optional.ofNullable(request.getRemoteAddr()).orElse("");
  }

  private static int status(Response response, RequestLog handled) {
    return handled
        .brokenOff()
        .orElseGet(() -> wentAway(response) ? RequestLog.CLIENT_CLOSED : response.getStatus());
  }

  private static String comment(Response response, RequestLog handled) {
    return handled.comment().isEmpty() && wentAway(response)
        ? RequestLog.WENT_AWAY
        : handled.comment();
  }

  /** Whether the connection failed when it was written to. */
  private static boolean wentAway(Response response) {
    return response.getCoyoteResponse().isExceptionPresent();
  }

  /** Of the body: received where something is stored, else sent. */
  private static long bytes(Request request, Response response) {
    if ("POST".equals(request.getMethod())) {
      return request.getCoyoteRequest().getBytesRead();
    }
    // The first still counts what was buffered when the client went, the second chunks' headers.
    return Math.min(response.getContentWritten(), response.getBytesWritten(false));
  }

  /** That of RemoteIpValve is always looked at. */
  @Override
  public void setRequestAttributesEnabled(boolean enabled) {}

  @Override
  public boolean getRequestAttributesEnabled() {
    return true;
  }
}
