package org.regionalpacs.tracing;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Sends traces by OTLP over HTTP (protobuf), in batches of a thread of its own. */
final class OtlpTraces implements ImageTraces {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  /** What can't be sent in time goes: a span takes about 1 KB. */
  private static final int MOST_WAITING = 4096;

  private final double probability;
  private final SdkTracerProvider provider;
  private final Tracer tracer;

  /**
   * @param service as which they are sent
   * @param endpoint such as {@code http://collector:4318/v1/traces}
   * @param probability share of the images that are followed
   */
  OtlpTraces(String service, String endpoint, double probability) {
    this.probability = probability;
    OtlpHttpSpanExporter exporter =
        OtlpHttpSpanExporter.builder().setEndpoint(endpoint).setTimeout(TIMEOUT).build();
    this.provider =
        SdkTracerProvider.builder()
            .setIdGenerator(new TraceIds())
            .setResource(
                Resource.getDefault().toBuilder()
                    .put(AttributeKey.stringKey("service.name"), service)
                    .build())
            .addSpanProcessor(
                BatchSpanProcessor.builder(exporter)
                    .setMaxQueueSize(MOST_WAITING)
                    .setScheduleDelay(Duration.ofSeconds(1))
                    .setExporterTimeout(TIMEOUT)
                    .build())
            .build();
    this.tracer = provider.get("org.regionalpacs");
  }

  @Override
  public boolean follows(UUID reception) {
    return TraceIds.named(reception) && TraceIds.share(reception) < probability;
  }

  @Override
  public void received(Stretch stretch) {
    if (!TraceIds.named(stretch.reception())) {
      return;
    }
    SpanBuilder first = tracer.spanBuilder(stretch.name()).setNoParent();
    ScopedValue.where(TraceIds.RECEIVED, stretch.reception())
        .run(() -> tell(first.setSpanKind(SpanKind.SERVER), stretch));
  }

  @Override
  public void went(Stretch stretch) {
    if (!TraceIds.named(stretch.reception())) {
      return;
    }
    SpanContext first =
        SpanContext.createFromRemoteParent(
            TraceIds.trace(stretch.reception()),
            TraceIds.first(stretch.reception()),
            TraceFlags.getSampled(),
            TraceState.getDefault());
    SpanBuilder next =
        tracer
            .spanBuilder(stretch.name())
            .setParent(Context.root().with(Span.wrap(first)))
            .setSpanKind(SpanKind.CONSUMER);
    tell(next, stretch);
  }

  private static void tell(SpanBuilder builder, Stretch stretch) {
    builder.setStartTimestamp(stretch.start());
    stretch.attributes().forEach(builder::setAttribute);
    Span span = builder.startSpan();
    stretch.failure().ifPresent(cause -> span.setStatus(StatusCode.ERROR, cause));
    span.end(stretch.end());
  }

  @Override
  public void close() {
    provider.shutdown().join(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
  }
}
