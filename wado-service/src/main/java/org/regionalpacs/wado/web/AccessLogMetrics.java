package org.regionalpacs.wado.web;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.regionalpacs.messages.AccessLog;
import org.springframework.stereotype.Component;

/** Tells how much of the access log was lost. */
@Component
final class AccessLogMetrics implements MeterBinder {
  private final AccessLog log;

  AccessLogMetrics(AccessLog log) {
    this.log = log;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    FunctionCounter.builder("pacs.accesslog.dropped", log, AccessLog::dropped)
        .description("Messages for the log queue that were dropped: too many, or Kafka away")
        .register(registry);
  }
}
