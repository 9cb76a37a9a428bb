package org.regionalpacs.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.regionalpacs.warehouse.Dashboard.Answer;
import org.regionalpacs.warehouse.Dashboard.Panel;

/** What a dashboard of Grafana finds of a tenant's rows, whatever the warehouse. */
public abstract class DashboardContract {
  private static final Instant FROM = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant TO = Instant.parse("2026-04-01T00:00:00Z");

  private final String tenant = "t" + UUID.randomUUID();

  /** Its name in {@code deploy/grafana}. */
  protected abstract String file();

  /** Where the rows are loaded. */
  protected abstract Warehouse warehouse();

  /** As Grafana connects. */
  protected abstract Connection connect() throws Exception;

  /** How Grafana puts moments there. */
  protected abstract Dashboard.Moments moments();

  /** Has something of a tenant in the index's table of what is where, if there is one. */
  protected void store(String of) throws Exception {}

  @Test
  void givenRows_whenThePanelsAsk_thenEachFindsThem() throws Exception {
    load(image("1.1"), image("1.2"), image("1.2").set("tenant", "other"));
    load(
        SampleRows.access(tenant, "WADO-RS frames", 10).set("served_from", "online"),
        SampleRows.access(tenant, "C-STORE", 10).set("comment", "no space"));
    load(conversion());
    store(tenant);

    try (Connection connection = connect()) {
      for (Panel panel : Dashboard.read(file()).panels()) {
        Answer answer = Dashboard.ask(connection, sent(panel.sql()));

        assertThat(answer.rows()).as(panel.title()).isNotEmpty();
        assertThat(answer.rows()).as(panel.title()).noneMatch(row -> row.contains("other"));
        if (panel.format().equals("time_series")) {
          assertThat(answer.types()).as(panel.title()).containsEntry("time", Types.TIMESTAMP);
        }
      }
    }
  }

  @Test
  void givenRows_whenThePanelsAsk_thenTheyCountRight() throws Exception {
    load(image("1.1"), image("1.1").set("sop_uid", "1.1.9"), image("1.2"));

    assertThat(numbers("Received")).containsExactly(2L, 2L, 3L, 3000L);
    // The second that they took is the end of its step.
    assertThat(numbers("From reception to index")).containsExactly(1L, 1L, 1L);
    assertThat(numbers("Objects received, by hour of the day (UTC)")).containsExactly(23L, 3L);
    assertThat(numbers("Referring departments with most studies")).containsExactly(2L);
  }

  @Test
  void givenTenantsWithRows_whenTheChoiceIsAsked_thenEachIsThereOnce() throws Exception {
    load(image("1.1"));
    load(SampleRows.access(tenant, "C-ECHO", 0));

    try (Connection connection = connect()) {
      assertThat(Dashboard.ask(connection, sent(Dashboard.read(file()).tenants())).rows())
          .containsOnlyOnce(List.of(tenant));
    }
  }

  @Test
  void givenBothDashboards_whenCompared_thenTheyHaveTheSamePanels() throws Exception {
    List<String> postgres = shapes("dashboard-postgresql.json");

    assertThat(postgres).doesNotHaveDuplicates();
    assertThat(postgres.removeLast()).contains("Storage by tier");
    assertThat(shapes("dashboard-doris.json")).isEqualTo(postgres);
  }

  private static List<String> shapes(String file) throws Exception {
    return Dashboard.read(file).panels().stream()
        .map(panel -> panel.title() + panel.type() + panel.place() + panel.format())
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private List<Long> numbers(String title) throws Exception {
    Panel panel =
        Dashboard.read(file()).panels().stream()
            .filter(one -> one.title().equals(title))
            .findFirst()
            .orElseThrow();
    try (Connection connection = connect()) {
      return Dashboard.ask(connection, sent(panel.sql())).rows().getFirst().stream()
          .filter(Number.class::isInstance)
          .map(number -> ((Number) number).longValue())
          .toList();
    }
  }

  private String sent(String sql) {
    return Dashboard.sent(sql, FROM, TO, tenant, moments());
  }

  private Row image(String study) {
    return SampleRows.image(tenant, study, study + ".1")
        .set("referring_department", "surgery")
        .set("station", "CT1");
  }

  private Row conversion() {
    return Row.of(WarehouseTable.CONVERSION_RECORD)
        .set("day", LocalDate.of(2026, 3, 31))
        .set("event_id", UUID.randomUUID().toString())
        .set("tenant", tenant)
        .set("time", SampleRows.TIME)
        .set("millis", 3L)
        .set("size_before", 100L)
        .set("size_after", 50L)
        .set("outcome", "done");
  }

  /** Loads rows of one table. */
  protected final void load(Row... rows) throws Exception {
    warehouse().load(new Batch(rows[0].table(), "l" + UUID.randomUUID(), List.of(rows)));
  }
}
