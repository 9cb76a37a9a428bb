package org.regionalpacs.storage.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a node is asked that is busy, away, or back again. */
@Timeout(60)
class PeerClientTest {
  private static final String NODE = "node-2";
  private static final byte[] CONTENT = {1, 2, 3, 4};

  private final AtomicInteger asked = new AtomicInteger();
  private final CountDownLatch released = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private volatile boolean slow;
  private volatile boolean broken;
  private HttpServer server;
  private PeerClient client;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
    client = client(8, Duration.ofSeconds(20));
  }

  @AfterEach
  void stop() throws IOException {
    released.countDown();
    client.close();
    server.stop(0);
    threads.shutdownNow();
  }

  private PeerClient client(int connections, Duration readTimeout) {
    PeerProperties properties =
        new PeerProperties(
            "0123456789abcdef0123456789abcdef",
            "",
            Duration.ofSeconds(2),
            readTimeout,
            connections,
            "");
    URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    return new PeerClient(_ -> List.of(address), properties, Optional.empty());
  }

  private void answer(HttpExchange exchange) throws IOException {
    asked.incrementAndGet();
    try (exchange) {
      if (broken) {
        // Closed without an answer.
        return;
      }
      if (slow) {
        released.await();
      }
      exchange.getResponseHeaders().set(PeerPaths.NODE_HEADER, NODE);
      exchange.getResponseHeaders().set("Content-Range", "bytes 0-3/4");
      exchange.sendResponseHeaders(206, CONTENT.length);
      exchange.getResponseBody().write(CONTENT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private byte[] read(PeerClient from) throws IOException {
    try (InputStream in =
        from.get(NODE, "/nodes/node-2/online/a.dcm", 0, CONTENT.length, CONTENT.length)
            .orElseThrow()) {
      return in.readAllBytes();
    }
  }

  @Test
  void givenAnAddressThatFailed_whenItHasRested_thenOneReaderTriesItForAll() throws Exception {
    broken = true;
    assertThatThrownBy(() -> read(client)).isInstanceOf(PeerUnreachableException.class);
    assertThat(client.reaches(NODE)).isFalse();
    int before = asked.get();
    assertThatThrownBy(() -> read(client)).hasMessageContaining("didn't answer a moment ago");
    assertThat(asked).hasValue(before);

    await().until(() -> client.reaches(NODE));
    broken = false;
    slow = true;
    List<Future<byte[]>> readers = new ArrayList<>();
    Callable<byte[]> reader = () -> read(client);
    readers.add(threads.submit(reader));
    await().until(() -> asked.get() == before + 1);
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(() -> read(client)).hasMessageContaining("didn't answer a moment ago");
    }
    assertThat(asked).hasValue(before + 1);
    released.countDown();

    await().until(() -> readers.stream().allMatch(Future::isDone));
    assertThat(readers).filteredOn(each -> each.state() == Future.State.SUCCESS).hasSize(1);
    assertThat(read(client)).isEqualTo(CONTENT);
  }

  /** As when the client that wanted the file has gone: nothing against the node. */
  @Test
  void givenAReaderThatIsInterrupted_thenItsAddressGoesOnBeingAsked() throws Exception {
    slow = true;
    AtomicReference<Exception> failure = new AtomicReference<>();
    Thread reader =
        Thread.ofVirtual()
            .start(() -> {
              try {
                read(client);
              } catch (IOException e) {
                failure.set(e);
              }
            });
    await().until(() -> asked.get() == 1);

    reader.interrupt();

    assertThat(reader.join(Duration.ofSeconds(10))).isTrue();
    assertThat(failure.get()).isInstanceOf(IOException.class);
    assertThat(client.reaches(NODE)).isTrue();
    slow = false;
    assertThat(read(client)).isEqualTo(CONTENT);
  }

  @Test
  void givenAllConnectionsAreInUse_whenReadersWait_thenThatIsNothingAgainstTheNode()
      throws Exception {
    try (PeerClient narrow = client(1, Duration.ofSeconds(3))) {
      InputStream held =
          narrow
              .get(NODE, "/nodes/node-2/online/a.dcm", 0, CONTENT.length, CONTENT.length)
              .orElseThrow();
      assertThatThrownBy(() -> read(narrow)).isInstanceOf(PeerUnreachableException.class);

      assertThat(narrow.reaches(NODE)).isTrue();
      Future<byte[]> waiting = threads.submit(() -> read(narrow));
      held.close();
      assertThat(waiting.get(10, TimeUnit.SECONDS)).isEqualTo(CONTENT);
    }
  }
}
