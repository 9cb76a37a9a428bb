package org.regionalpacs.wado.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers requests that Tomcat refuses before any handler sees them, such as paths with encoded
 * slashes, like all others: by problem+json (RFC 9457) instead of an HTML page.
 */
final class ProblemReportValve extends ErrorReportValve {
  private static final Logger LOG = LoggerFactory.getLogger(ProblemReportValve.class);
  private static final JsonMapper MAPPER = new JsonMapper();

  @Override
  protected void report(Request request, Response response, Throwable failure) {
    if (response.getStatus() < 400
        || response.getContentWritten() > 0
        || !response.setErrorReported()) {
      return;
    }
    HttpStatus status =
        Optional.ofNullable(HttpStatus.resolve(response.getStatus()))
            .orElse(HttpStatus.BAD_REQUEST);
    String detail =
        status.is4xxClientError()
            ? "The request isn't well formed HTTP, or its path can't be one of this service."
            : "The server failed; see its log.";
    byte[] body = MAPPER.writeValueAsBytes(Problem.of(status, detail).body());
    try {
      response.setContentType("application/problem+json");
      response.setContentLength(body.length);
      response.getOutputStream().write(body);
      response.finishResponse();
    } catch (IOException | IllegalStateException e) {
      LOG.debug("The client of a refused request has gone: {}", e.toString());
    }
    LOG.debug("Refused with {}: {}", status, new String(body, StandardCharsets.UTF_8));
  }
}
