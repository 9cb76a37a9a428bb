package org.regionalpacs.test.otlp;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Takes traces by OTLP over HTTP, in protobuf (opentelemetry-proto, {@code
 * ExportTraceServiceRequest}), on a free port of loopback.
 */
public final class OtlpReceiver implements AutoCloseable {
  private static final String PATH = "/v1/traces";
  private static final int ERROR = 2;

  private final List<ReceivedSpan> spans = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;

  private OtlpReceiver(HttpServer server) {
    this.server = server;
  }

  /** Starts one. */
  public static OtlpReceiver start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    OtlpReceiver receiver = new OtlpReceiver(server);
    server.createContext(PATH, receiver::take);
    server.setExecutor(receiver.threads);
    server.start();
    return receiver;
  }

  /** Where to send to. */
  public String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + PATH;
  }

  /** What came of a trace so far. */
  public List<ReceivedSpan> of(String trace) {
    return spans.stream().filter(span -> span.trace().equals(trace)).toList();
  }

  /** All that came so far. */
  public List<ReceivedSpan> spans() {
    return List.copyOf(spans);
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      for (ProtobufFields resource : ProtobufFields.of(body).messages(1)) {
        String service = service(resource);
        resource.messages(2).stream()
            .flatMap(scope -> scope.messages(2).stream())
            .forEach(span -> spans.add(span(service, span)));
      }
      exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
      exchange.sendResponseHeaders(200, -1);
    }
  }

  private static String service(ProtobufFields resource) {
    return resource.messages(1).stream()
        .map(fields -> attributes(fields, 1).getOrDefault("service.name", ""))
        .findFirst()
        .orElse("");
  }

  private static ReceivedSpan span(String service, ProtobufFields span) {
    return new ReceivedSpan(
        service,
        span.hex(1),
        span.hex(2),
        span.hex(4),
        span.text(5),
        time(span.number(7)),
        time(span.number(8)),
        attributes(span, 9),
        span.messages(15).stream().anyMatch(status -> status.number(3) == ERROR));
  }

  private static Map<String, String> attributes(ProtobufFields of, int field) {
    Map<String, String> attributes = new HashMap<>();
    for (ProtobufFields attribute : of.messages(field)) {
      attribute.messages(2).forEach(value -> attributes.put(attribute.text(1), value.text(1)));
    }
    return attributes;
  }

  private static Instant time(long nanos) {
    return Instant.ofEpochSecond(0, nanos);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
