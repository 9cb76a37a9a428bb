package org.regionalpacs.wado.web;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/**
 * Times DICOMweb requests, from their first byte to the last of their answers: {@code
 * pacs.dicomweb.requests} by operation (in the words of PS3.18), where the bytes came from (see
 * {@link ServedFrom}) and outcome (done, refused, failed, left).
 */
@Component
final class RequestMetrics {
  private static final Duration[] BOUNDS = {
    Duration.ofMillis(5),
    Duration.ofMillis(20),
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofSeconds(2),
    Duration.ofSeconds(10)
  };

  private final MeterRegistry meters;

  /**
   * A look-up in the registry puts tags together first: too much for each of thousands of frames.
   */
  private final Map<Kind, Timer> timers = new ConcurrentHashMap<>();

  private record Kind(String operation, ServedFrom source, String outcome) {}

  RequestMetrics(MeterRegistry meters) {
    this.meters = meters;
    // An alarm watches those that fail, so there is one before the first does.
    timer(new Kind("WADO-RS frames", ServedFrom.NONE, "failed"));
  }

  /**
   * A request ended.
   *
   * @param status of HTTP, or {@link RequestLog#CLIENT_CLOSED}
   * @param nanos it took
   */
  void ended(String operation, ServedFrom source, int status, long nanos) {
    timers
        .computeIfAbsent(new Kind(operation, source, outcome(status)), this::timer)
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  private Timer timer(Kind kind) {
    return Timer.builder("pacs.dicomweb.requests")
        .description("DICOMweb requests, until the last byte of the answer")
        .tags(
            "operation", kind.operation(),
            "source", kind.source().tag(),
            "outcome", kind.outcome())
        .serviceLevelObjectives(BOUNDS)
        .register(meters);
  }

  private static String outcome(int status) {
    if (status == RequestLog.CLIENT_CLOSED) {
      return "left";
    }
    if (status >= 500) {
      return "failed";
    }
    return status >= 400 ? "refused" : "done";
  }
}
