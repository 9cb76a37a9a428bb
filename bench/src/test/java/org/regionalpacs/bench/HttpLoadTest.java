package org.regionalpacs.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpLoadTest {
  private static final Duration TIME = Duration.ofMillis(200);

  private final Set<Integer> clients = ConcurrentHashMap.newKeySet();
  private final AtomicInteger growing = new AtomicInteger();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private HttpServer server;
  private int port;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    server.setExecutor(threads);
    server.createContext("/fixed", exchange -> answer(exchange, 200, 700_000, 700_000));
    server.createContext("/chunked", exchange -> answer(exchange, 200, 700_000, 0));
    server.createContext("/missing", exchange -> answer(exchange, 404, 10, 10));
    server.createContext("/nothing", exchange -> answer(exchange, 204, 0, -1));
    server.createContext("/growing", exchange -> answer(exchange, 200, growing.addAndGet(100), 0));
    server.start();
    port = server.getAddress().getPort();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange, int status, int size, int length) throws IOException {
    clients.add(exchange.getRemoteAddress().getPort());
    exchange.getResponseHeaders().add("Content-Type", "a/b");
    exchange.sendResponseHeaders(status, length);
    byte[] body = new byte[size];
    java.util.Arrays.fill(body, (byte) 'x');
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Test
  void givenManyClients_whenAsking_thenEachHasAConnectionThatItKeepsAndAllIsCounted()
      throws IOException {
    HttpLoad.Result result =
        new HttpLoad(port).run(List.of(call("/fixed"), call("/chunked")), 64, TIME);
    assertThat(clients).hasSize(64);
    assertThat(result.latencies().count()).isGreaterThanOrEqualTo(64);
    assertThat(result.bytes()).isEqualTo(700_000L * result.latencies().count());
    assertThat(result.seconds()).isGreaterThanOrEqualTo(0.2);
    assertThat(result.latencies().percentile(95))
        .isGreaterThanOrEqualTo(result.latencies().percentile(50))
        .isPositive();
  }

  @Test
  void givenAnAnswerThatIsNoSuccess_whenAsking_thenItFailsAndSaysWhich() {
    assertThatThrownBy(() -> new HttpLoad(port).run(List.of(call("/missing")), 1, TIME))
        .isInstanceOf(IOException.class)
        .hasMessage("/missing was answered 404");
  }

  @Test
  void givenAnswersThatGrow_whenAsking_thenOnlyThoseThatAreToStayAlikeFail() throws IOException {
    HttpCall call = call("/growing");
    assertThat(new HttpLoad(port).run(List.of(call.changing()), 1, TIME).latencies().count())
        .isPositive();
    assertThatThrownBy(() -> new HttpLoad(port).run(List.of(call), 1, Duration.ofMinutes(1)))
        .hasMessageContaining("bytes, now it has");
  }

  @Test
  void givenABody_whenRead_thenItsBytesAreThoseThatWereSent() throws IOException {
    try (Web web = Web.to(port)) {
      assertThat(web.body(call("/chunked"))).hasSize(700_000).containsOnly('x');
      assertThat(web.body(call("/nothing"))).isEmpty();
      assertThat(web.results("/nothing")).isZero();
      assertThatThrownBy(() -> web.body(call("/missing")))
          .hasMessage("/missing was answered 404: xxxxxxxxxx");
    }
  }

  @Test
  void givenAServerThatEndsConnections_whenAskedAgain_thenANewOneIsMade() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      threads.submit(() -> {
        // The first ends with the body, the second is ended while it is idle.
        once(socket, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhello");
        once(socket, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nagain");
        once(socket, "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nend");
        return null;
      });
      try (Web web = Web.to(socket.getLocalPort())) {
        assertThat(web.body(call("/"))).asString().isEqualTo("hello");
        assertThat(web.body(call("/"))).asString().isEqualTo("again");
        assertThat(web.body(call("/"))).asString().isEqualTo("end");
      }
    }
  }

  @Test
  void givenAnAnswerThatIsCutOff_whenRead_thenItFails() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      threads.submit(() -> {
        once(socket, "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhello");
        return null;
      });
      try (Web web = Web.to(socket.getLocalPort())) {
        assertThatThrownBy(() -> web.body(call("/")))
            .hasMessage("the connection ended within an answer");
      }
    }
  }

  private static void once(ServerSocket server, String answer) throws IOException {
    try (Socket socket = server.accept()) {
      ByteArrayOutputStream request = new ByteArrayOutputStream();
      while (!request.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
        request.write(socket.getInputStream().read());
      }
      socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
    }
  }

  private static HttpCall call(String path) {
    return HttpCall.of(path, "*/*");
  }
}
