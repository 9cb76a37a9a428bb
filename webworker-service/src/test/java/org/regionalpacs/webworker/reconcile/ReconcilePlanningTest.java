package org.regionalpacs.webworker.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.nodes.ReconcileTask;
import org.regionalpacs.test.IntegrationTest;
import org.regionalpacs.webworker.WebWorkerApplication;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@IntegrationTest
@DirtiesContext
@TestPropertySource(
    properties = {
      "spring.config.name=" + WebWorkerApplication.CONFIG_NAME,
      "pacs.reconcile.interval=1h",
      "pacs.reconcile.poll=50ms"
    })
class ReconcilePlanningTest {
  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir static Path folder;

  @Autowired JdbcClient jdbc;
  @Autowired ReconcilePlanning planning;
  @LocalServerPort int port;

  private final String node = UUID.randomUUID().toString();

  @DynamicPropertySource
  static void folders(DynamicPropertyRegistry properties) {
    for (String each : List.of("online", "archive", "derived")) {
      properties.add("pacs." + each + ".root", () -> folder.resolve(each));
    }
  }

  @Test
  void givenANodeThatIsThere_whenItsTurnComes_thenARunAndItsTaskArePlannedOnce() {
    seen("now()");

    await().atMost(SOON).until(() -> runs() == 1);
    assertThat(tasks()).isEqualTo(1);
    end("now()");
    planning.turn();
    assertThat(runs()).as("not before the interval is over").isEqualTo(1);

    jdbc.sql("update reconcile_run set planned = planned - interval '61 minutes' where node = ?")
        .param(node)
        .update();
    await().atMost(SOON).until(() -> runs() == 2 && tasks() == 2);
  }

  @Test
  void givenANodeThatIsAway_whenItsTurnComes_thenNothingIsPlanned() {
    seen("now() - interval '2 hours'");

    planning.turn();

    assertThat(runs()).isZero();
  }

  @Test
  void givenSeveralWebworkers_whenTheyPlanAtOnce_thenThereIsOneRun() throws Exception {
    seen("now()");
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<Integer>> planned =
          IntStream.range(0, 8).mapToObj(_ -> threads.submit(planning::planNow)).toList();
      for (Future<Integer> each : planned) {
        each.get();
      }
    }

    assertThat(runs()).isEqualTo(1);
    assertThat(tasks()).isEqualTo(1);
  }

  @Test
  void givenTwoRuns_whenAskedWhatWasFound_thenTheFindingsOfTheLastOneAreListed() throws Exception {
    seen("now()");
    await().atMost(SOON).until(() -> runs() == 1);
    find("LOST", "default/1/2/old.dcm");
    end("now() - interval '1 minute'");
    assertThat(post()).isPositive();
    find("LOST", "default/1/2/new.dcm");
    find("UNINDEXED", "default/1/2/other.dcm");
    jdbc.sql("update reconcile_run set findings = '{\"LOST\": 1, \"UNINDEXED\": 1}' where node = ?")
        .param(node)
        .update();
    end("now()");
    planning.turn();

    JsonNode report = report();
    List<String> paths =
        report
            .get("findings")
            .valueStream()
            .filter(each -> each.get("node").asString().equals(node))
            .map(each -> each.get("path").asString())
            .toList();
    assertThat(paths).containsExactly("default/1/2/new.dcm", "default/1/2/other.dcm");
    assertThat(
            report
                .get("runs")
                .valueStream()
                .filter(each -> each.get("node").asString().equals(node))
                .map(each -> each.at("/findings/LOST").asInt()))
        .containsExactly(1);
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(send("GET", "/actuator/prometheus")).contains("pacs_reconcile_losses 1.0"));
  }

  private void seen(String when) {
    jdbc.sql("insert into online_node (node, seen) values (?, " + when + ")").param(node).update();
  }

  private void end(String when) {
    jdbc.sql("update reconcile_run set ended = " + when + " where node = ? and ended is null")
        .param(node)
        .update();
  }

  private void find(String kind, String path) {
    jdbc.sql(
            """
            insert into reconcile_finding
              (node, run, kind, path, tenant, study_uid, series_uid, sop_uid, detail)
            select node, run, ?, ?, 'default', '1', '2', '3', 'gone'
              from reconcile_run where node = ? and ended is null
            """)
        .params(kind, path, node)
        .update();
  }

  private int runs() {
    return count("select count(*) from reconcile_run where node = ?");
  }

  private int tasks() {
    return count(
        "select count(*) from node_task where node = ? and kind = '" + ReconcileTask.KIND + "'");
  }

  private int count(String sql) {
    return jdbc.sql(sql).param(node).query(Integer.class).single();
  }

  private JsonNode report() throws Exception {
    return new JsonMapper().readTree(send("GET", "/actuator/reconcile"));
  }

  private int post() throws Exception {
    return new JsonMapper().readTree(send("POST", "/actuator/reconcile")).get("planned").asInt();
  }

  private String send(String method, String path) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                  .method(method, HttpRequest.BodyPublishers.noBody())
                  .header("Content-Type", "application/json")
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      return answer.body();
    }
  }
}
