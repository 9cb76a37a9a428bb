package org.regionalpacs.wado.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.regionalpacs.messages.AccessLog;
import org.regionalpacs.messages.LogMessage;
import org.regionalpacs.messages.ReceptionId;
import org.regionalpacs.security.Tenants;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerMapping;

/** Puts one message a DICOMweb request on the log topic, without waiting for it. */
@Component
@Order(0)
final class AccessLogFilter extends OncePerRequestFilter {
  private final AccessLog log;
  private final Tenants tenants;

  AccessLogFilter(AccessLog log, Tenants tenants) {
    this.log = log;
    this.tenants = tenants;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return request.getMethod().equals("OPTIONS")
        || !request.getRequestURI().contains(DicomWebOperation.ROOT)
            && !request.getRequestURI().endsWith(DicomWebOperation.URI);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    long start = System.nanoTime();
    CountingResponse counting = new CountingResponse(response);
    try {
      chain.doFilter(request, counting);
    } finally {
      log.record(message(request, counting, (System.nanoTime() - start) / 1_000_000));
    }
  }

  private LogMessage message(HttpServletRequest request, CountingResponse response, long millis) {
    RequestLog handled = RequestLog.of(request);
    Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
    return new LogMessage(
        LogMessage.SCHEMA_VERSION,
        ReceptionId.next(),
        Instant.now(),
        tenant(variable(request, "tenant")),
        "wado",
        DicomWebOperation.of(request.getMethod(), pattern == null ? "" : pattern.toString()),
        "",
        request.getRemoteAddr(),
        uid(request, "study", "studyUID"),
        uid(request, "series", "seriesUID"),
        uid(request, "instance", "objectUID"),
        response.getStatus(),
        handled.comment(),
        handled.received().orElse(response.bytes()),
        millis,
        handled.servedFrom());
  }

  /** What strangers write into a path doesn't go into the log unless it is what it should be. */
  private String tenant(String text) {
    if (text.isEmpty()) {
      return tenants.defaultTenant();
    }
    return tenants.exists(text) ? text : "";
  }

  /** Of WADO-RS in the path, of WADO-URI in a parameter. */
  private static String uid(HttpServletRequest request, String variable, String parameter) {
    String inPath = variable(request, variable);
    boolean uri = request.getRequestURI().endsWith(DicomWebOperation.URI);
    String text = uri ? Optional.ofNullable(request.getParameter(parameter)).orElse("") : inPath;
    return PathUids.usable(text) ? text : "";
  }

  private static String variable(HttpServletRequest request, String name) {
    return request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE)
                instanceof Map<?, ?> named
            && named.get(name) instanceof String text
        ? text
        : "";
  }
}
