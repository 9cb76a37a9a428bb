package org.regionalpacs.wado.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.apache.catalina.connector.ClientAbortException;
import org.apache.coyote.CloseNowException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import tools.jackson.databind.json.JsonMapper;

/** Answers failed requests with problem+json (RFC 9457), written without content negotiation. */
@RestControllerAdvice
final class ProblemAdvice {
  private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

  private final JsonMapper json = JsonMapper.builder().build();

  /**
   * @throws Exception the failure itself when the body is on its way already: then the container
   *     cuts the connection, so that the client can't take half a body for a whole one
   */
  @ExceptionHandler(Exception.class)
  void answer(Exception failure, HttpServletRequest request, HttpServletResponse response)
      throws Exception {
    if (wentAway(failure)) {
      LOG.debug("The client went away from {}", request.getRequestURI());
      RequestLog.of(request).brokeOff(RequestLog.CLIENT_CLOSED, RequestLog.WENT_AWAY);
      throw failure;
    }
    Problem problem = Problems.of(failure);
    RequestLog.of(request).comment(problem.detail());
    if (problem.status().value() == 500) {
      LOG.error("{} {} failed", request.getMethod(), request.getRequestURI(), failure);
    } else if (problem.status().value() == 503) {
      LOG.warn("{} {}: {}", request.getMethod(), request.getRequestURI(), cause(failure));
    }
    if (response.isCommitted()) {
      RequestLog.of(request).brokeOff(problem.status().value(), problem.detail());
      throw failure;
    }
    write(problem, response);
  }

  /**
   * Tomcat says so by the first, or the second where a stream of HTTP/2 was reset; Spring wraps it.
   */
  private static boolean wentAway(Exception failure) {
    return failure instanceof ClientAbortException
        || failure instanceof CloseNowException
        || failure instanceof AsyncRequestNotUsableException;
  }

  private void write(Problem problem, HttpServletResponse response) throws IOException {
    byte[] body = json.writeValueAsBytes(problem.body());
    // Not reset(): the CORS headers must stay, or the page that asked can't read the answer.
    response.resetBuffer();
    response.setHeader(HttpHeaders.CONTENT_ENCODING, null);
    response.setHeader(HttpHeaders.ETAG, null);
    response.setHeader(HttpHeaders.CONTENT_RANGE, null);
    response.setStatus(problem.status().value());
    for (Map.Entry<String, String> header : problem.headers().entrySet()) {
      response.setHeader(header.getKey(), header.getValue());
    }
    response.setContentType("application/problem+json");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  private static String cause(Exception failure) {
    return failure.getCause() == null ? failure.toString() : failure.getCause().toString();
  }
}
