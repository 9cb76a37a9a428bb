package org.regionalpacs.webworker.changes;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.index.ChangeFeed;
import org.regionalpacs.test.IntegrationTest;
import org.regionalpacs.webworker.WebWorkerApplication;
import org.regionalpacs.webworker.changes.WebhookProperties.Target;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Webhooks against a real HTTP server that does as told. */
@IntegrationTest
@DirtiesContext
@TestPropertySource(
    properties = {
      "spring.config.name=" + WebWorkerApplication.CONFIG_NAME,
      // The tests number changes themselves.
      "pacs.changes.poll=1h"
    })
class WebhookTest {
  private static final JsonMapper JSON = new JsonMapper();

  /** Where none is to run out. */
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private static final Duration SHORT = Duration.ofMillis(500);

  @TempDir static Path folder;

  @Autowired ChangeFeed feed;
  @Autowired JdbcClient jdbc;

  private final String name = "hook-" + UUID.randomUUID();
  private final List<JsonNode> bodies = new ArrayList<>();
  private final List<String> signatures = new ArrayList<>();
  private final List<byte[]> raw = new ArrayList<>();
  private final PrometheusMeterRegistry metrics =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final CountDownLatch end = new CountDownLatch(1);
  private final CountDownLatch hangs = new CountDownLatch(1);
  private volatile int status = 200;
  private volatile boolean hanging;
  private HttpServer server;
  private long start;

  @DynamicPropertySource
  static void folders(DynamicPropertyRegistry properties) {
    for (String each : List.of("online", "archive", "derived")) {
      properties.add("pacs." + each + ".root", () -> folder.resolve(each));
    }
  }

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/hook",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          if (hanging) {
            hangs.countDown();
            await(end);
          }
          synchronized (bodies) {
            raw.add(body);
            bodies.add(JSON.readTree(body));
            signatures.add(
                String.valueOf(exchange.getRequestHeaders().getFirst(WebhookRequest.SIGNATURE)));
          }
          if (status == 302) {
            exchange.getResponseHeaders().set("Location", "/hook");
          }
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
    start = feed.extent().last();
  }

  @AfterEach
  void close() {
    end.countDown();
    server.stop(0);
  }

  @Test
  void givenChanges_whenTold_thenAllInOrderSignedAndOnce() throws Exception {
    Webhook webhook = webhook("", 3);
    webhook.turn();
    assertThat(bodies).as("nothing has changed since it is there").isEmpty();
    changed("default", 7);

    webhook.turn();
    webhook.turn();

    assertThat(bodies).hasSize(3);
    assertThat(told()).containsExactlyElementsOf(numbers(start + 1, start + 7));
    JsonNode first = bodies.getFirst();
    assertThat(first.get("webhook").asString()).isEqualTo(name);
    assertThat(first.get("missed").asBoolean()).isFalse();
    assertThat(first.get("next").asLong()).isEqualTo(start + 3);
    assertThat(first.get("changes").get(0).get("Action").asString()).isEqualTo("created");
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec("secret".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    assertThat(signatures.getFirst())
        .isEqualTo("sha256=" + HexFormat.of().formatHex(mac.doFinal(raw.getFirst())));
  }

  @Test
  void givenATargetThatFails_whenItIsBack_thenItIsToldWhatItMissed() throws Exception {
    Webhook webhook = webhook("", 3);
    webhook.turn();
    changed("default", 4);
    status = 500;
    webhook.turn();
    assertThat(told()).containsExactlyElementsOf(numbers(start + 1, start + 3));
    assertThat(row("failures")).isEqualTo(1);
    webhook.turn();
    assertThat(bodies).as("it rests").hasSize(1);

    status = 204;
    rested();
    webhook.turn();

    assertThat(told().subList(3, 7)).containsExactlyElementsOf(numbers(start + 1, start + 4));
    assertThat(row("failures")).isZero();
  }

  /** By the names and labels of the alarms WebhookFails and WebhookBehind. */
  @Test
  void givenATargetThatFails_whenScraped_thenItsFailuresAndWhatItWasNotToldAreCounted()
      throws Exception {
    Webhook webhook = webhook("", 3);
    String label = "{webhook=\"" + name + "\"} ";
    assertThat(metrics.scrape())
        .contains("pacs_webhook_failures_total" + label + "0.0", "pacs_webhook_behind" + label);
    webhook.turn();
    changed("default", 4);
    status = 500;

    webhook.turn();

    assertThat(metrics.scrape())
        .contains("pacs_webhook_failures_total" + label + "1.0")
        .contains("pacs_webhook_behind" + label + "4.0");
    status = 204;
    rested();
    webhook.turn();
    assertThat(metrics.scrape()).contains("pacs_webhook_behind" + label + "0.0");
  }

  @Test
  void givenATargetThatRedirects_whenTold_thenThatIsAFailure() throws Exception {
    Webhook webhook = webhook("", 3);
    webhook.turn();
    changed("default", 1);
    status = 302;

    webhook.turn();

    assertThat(bodies).hasSize(1);
    assertThat(row("failures")).isEqualTo(1);
  }

  @Test
  void givenATargetThatHangs_whenTold_thenItIsLeftAloneInTimeAndTriedAgain() throws Exception {
    Webhook webhook = webhook("", 3, SHORT);
    webhook.turn();
    changed("default", 1);
    hanging = true;

    long before = System.nanoTime();
    webhook.turn();

    assertThat(Duration.ofNanos(System.nanoTime() - before))
        .isBetween(SHORT, SHORT.plusSeconds(20));
    assertThat(row("failures")).isEqualTo(1);
    hanging = false;
    rested();
    webhook("", 3).turn();
    assertThat(row("sequence")).isEqualTo(start + 1);
  }

  @Test
  void givenATargetOfOneTenant_whenOthersChange_thenItIsNotToldAndYetGetsOn() throws Exception {
    Webhook webhook = webhook("north", 3);
    webhook.turn();
    changed("south", 2);
    changed("north", 1);
    changed("south", 1);

    webhook.turn();

    assertThat(told()).containsExactly(start + 3);
    assertThat(row("sequence")).isEqualTo(start + 4);
  }

  @Test
  void givenChangesForgottenMeanwhile_whenTold_thenItIsToldThatItMissedSome() throws Exception {
    Webhook webhook = webhook("", 10);
    webhook.turn();
    changed("default", 3);
    long forgotten = feed.extent().forgotten();
    jdbc.sql("delete from change where sequence <= ?").param(start + 2).update();
    jdbc.sql("update change_sequence set forgotten = ?").param(start + 2).update();
    try {
      webhook.turn();

      assertThat(bodies.getFirst().get("missed").asBoolean()).isTrue();
      assertThat(told()).containsExactly(start + 3);
    } finally {
      jdbc.sql("update change_sequence set forgotten = ?").param(forgotten).update();
    }
  }

  @Test
  void givenTwoWorkers_whenOneTells_thenTheOtherWaitsAndGoesOnWhenItDies() throws Exception {
    Webhook first = webhook("", 3, Duration.ofSeconds(5));
    Webhook second = webhook("", 3);
    first.turn();
    changed("default", 1);
    hanging = true;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> telling =
          threads.submit(() -> {
            first.turn();
            return null;
          });
      assertThat(hangs.await(30, TimeUnit.SECONDS)).isTrue();
      hanging = false;

      second.turn();

      assertThat(bodies).as("the first has it").isEmpty();
      telling.get(30, TimeUnit.SECONDS);
    }
    // As if the first had died while it held it.
    jdbc.sql(
            """
            update webhook set holder = gen_random_uuid(), held_until = now() - interval '1 s',
                               not_before = now() where name = ?
            """)
        .param(name)
        .update();
    second.turn();
    assertThat(row("sequence")).isEqualTo(start + 1);
  }

  @Test
  void givenAWorkerThatStopsWhileItTells_whenAnotherComes_thenItNeedNotWaitForTheLease()
      throws Exception {
    Webhook first = webhook("", 3, Duration.ofMinutes(1));
    first.turn();
    changed("default", 1);
    hanging = true;
    CountDownLatch stopped = new CountDownLatch(1);
    Thread telling =
        Thread.ofVirtual()
            .start(() -> {
              try {
                first.turn();
              } catch (InterruptedException e) {
                stopped.countDown();
              }
            });
    assertThat(hangs.await(30, TimeUnit.SECONDS)).isTrue();

    telling.interrupt();

    assertThat(stopped.await(30, TimeUnit.SECONDS)).isTrue();
    hanging = false;
    webhook("", 3).turn();
    assertThat(row("sequence")).isEqualTo(start + 1);
  }

  private Webhook webhook(String tenant, int batch) {
    return webhook(tenant, batch, TIMEOUT);
  }

  private Webhook webhook(String tenant, int batch, Duration timeout) {
    URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook");
    Target target = new Target(name, url, tenant, "secret");
    WebhookProperties properties =
        new WebhookProperties(
            List.of(target),
            Duration.ofSeconds(1),
            batch,
            timeout,
            Duration.ofMinutes(1),
            Duration.ofMinutes(5));
    return new Webhook(target, properties, feed, new WebhookTable(jdbc), metrics);
  }

  /** Changes as the sequencer leaves them. */
  private void changed(String tenant, int count) {
    for (int i = 0; i < count; i++) {
      jdbc.sql(
              """
              with next as (update change_sequence set last = last + 1 returning last)
              insert into change (tenant, sequence, action, study_uid, series_uid, sop_uid,
                                  reception_id, happened)
              select :tenant, last, 'created', '1.2', '1.2.3', '1.2.3.4', gen_random_uuid(), now()
                from next
              """)
          .param("tenant", tenant)
          .update();
    }
  }

  private void rested() {
    jdbc.sql("update webhook set not_before = now() where name = ?").param(name).update();
  }

  private long row(String column) {
    return jdbc.sql("select " + column + " from webhook where name = ?")
        .param(name)
        .query(Long.class)
        .single();
  }

  private List<Long> told() {
    List<Long> told = new ArrayList<>();
    synchronized (bodies) {
      for (JsonNode body : bodies) {
        body.get("changes").forEach(change -> told.add(change.get("Sequence").asLong()));
      }
    }
    return told;
  }

  private static List<Long> numbers(long from, long to) {
    return LongStream.rangeClosed(from, to).boxed().toList();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
