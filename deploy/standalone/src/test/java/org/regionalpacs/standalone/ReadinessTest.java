package org.regionalpacs.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReadinessTest {
  private static final String UP = "{\"status\":\"UP\"}";
  private static final String DOWN =
      "{\"status\":\"DOWN\",\"components\":{\"kafka\":{\"status\":\"DOWN\"}}}";
  private static final String ARCHIVE_AWAY =
      "{\"status\":\"DOWN\",\"components\":{\"fastDfs\":{\"status\":\"DOWN\"}}}";
  private static final Duration LONG = Duration.ofMinutes(2);

  private final Ports ports = new Ports();
  private final List<HttpServer> servers = new ArrayList<>();

  /** What each answers. */
  private final Map<Service, String> answers = new ConcurrentHashMap<>();

  /** How often each has been asked. */
  private final Map<Service, CountDownLatch> asked = new ConcurrentHashMap<>();

  @BeforeEach
  void fourServicesAreUp() throws IOException {
    ports.health = healthPorts();
    for (Service service : Service.values()) {
      answers.put(service, UP);
      asked.put(service, new CountDownLatch(0));
      HttpServer server = HttpServer.create(address(ports.healthOf(service)), 0);
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.createContext(
          "/actuator/health",
          exchange -> {
            String answer = answers.get(service);
            byte[] body = answer.getBytes(UTF_8);
            exchange.sendResponseHeaders(answer.equals(UP) ? 200 : 503, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
            asked.get(service).countDown();
          });
      server.start();
      servers.add(server);
    }
  }

  private static int healthPorts() throws IOException {
    String option =
        PacsProcess.freePorts().stream()
            .filter(each -> each.startsWith("--health-port="))
            .findFirst()
            .orElseThrow();
    return Integer.parseInt(option.substring(option.indexOf('=') + 1));
  }

  private static InetSocketAddress address(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  @AfterEach
  void stop() {
    servers.forEach(server -> server.stop(0));
  }

  private Readiness within(Duration limit) {
    return new Readiness(ports, limit, service -> Path.of(service.id() + ".log"));
  }

  @Test
  void givenAnyServiceIsNotWellYet_thenItIsReadyOnlyWhenThatOneIs() throws Exception {
    for (Service late : Service.values()) {
      answers.put(late, DOWN);
      asked.put(late, new CountDownLatch(2));
      CountDownLatch ready = new CountDownLatch(1);
      Thread waiting =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  within(LONG).await();
                  ready.countDown();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });

      assertThat(asked.get(late).await(60, TimeUnit.SECONDS)).isTrue();
      assertThat(ready.getCount()).isOne();
      answers.put(late, UP);

      assertThat(ready.await(60, TimeUnit.SECONDS)).isTrue();
      waiting.join();
    }
  }

  @Test
  void givenOnlyTheArchiveIsAway_thenItIsReadyAndSaysSo() throws Exception {
    assertThat(within(LONG).await()).isTrue();
    answers.put(Service.CONSUMER, ARCHIVE_AWAY);
    assertThat(within(LONG).await()).isFalse();
  }

  @Test
  void givenAServiceStaysUnwell_thenTheComplaintNamesItWhatItSaidAndItsLog() {
    answers.put(Service.WEBWORKER, DOWN);
    assertThatThrownBy(() -> within(Duration.ofMillis(100)).await())
        .isInstanceOf(Complaint.class)
        .hasMessageContaining("webworker isn't healthy")
        .hasMessageContaining("kafka")
        .hasMessageContaining("webworker.log");
  }

  @Test
  void givenEachTakesAWhileForItsFirstAnswer_thenAllAreAskedAtOnce() throws Exception {
    CountDownLatch together = new CountDownLatch(Service.values().length);
    Set<HttpServer> first = ConcurrentHashMap.newKeySet();
    servers.forEach(server -> {
      server.removeContext("/actuator/health");
      server.createContext(
          "/actuator/health",
          exchange -> {
            if (first.add(server)) {
              together.countDown();
            }
            boolean all = await(together);
            exchange.sendResponseHeaders(all ? 200 : 503, -1);
            exchange.close();
          });
    });

    assertThat(within(LONG).await()).isTrue();
  }

  private static boolean await(CountDownLatch latch) throws IOException {
    try {
      return latch.await(4, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
