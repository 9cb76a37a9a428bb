package org.regionalpacs.wado;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.context.TestPropertySource;

/** What is answered while the warehouse is away. */
@TestPropertySource(
    properties = {
      "pacs.warehouse.postgres.url=jdbc:postgresql://127.0.0.1:1/nowhere",
      "pacs.warehouse.postgres.username=nobody",
      "pacs.warehouse.postgres.deadline=2s"
    })
class StatisticsOutageIT extends WadoIT {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "received",
        "departments",
        "rate",
        "delays",
        "accesses",
        "slowest-retrieves",
        "conversions",
        "summary"
      })
  void givenTheWarehouseIsAway_whenAsked_thenItIsUnavailableForAWhile(String statistic) {
    Answer answer = ask("/api/statistics/" + statistic);

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.header("Retry-After")).isEqualTo("30");
    assertThat(answer.json().get("detail").asString())
        .contains("warehouse")
        .doesNotContain("127.0.0.1", "nobody");
  }

  @Test
  void givenTheWarehouseIsAway_thenWhatTheIndexKnowsIsAnswered() {
    assertThat(ask("/api/statistics/storage").status()).isEqualTo(200);
    assertThat(get("/studies?limit=1").status()).isIn(200, 204);
  }

  private Answer ask(String path) {
    return send("GET", path, HttpRequest.BodyPublishers.noBody());
  }
}
