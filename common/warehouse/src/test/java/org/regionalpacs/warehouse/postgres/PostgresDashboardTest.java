package org.regionalpacs.warehouse.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.regionalpacs.warehouse.Dashboard;
import org.regionalpacs.warehouse.DashboardContract;
import org.regionalpacs.warehouse.SampleRows;
import org.regionalpacs.warehouse.Warehouse;

/** The dashboard for PostgreSQL, asked by the user that docs/warehouse.md makes for Grafana. */
class PostgresDashboardTest extends DashboardContract {
  private static final Path DOCUMENT = Path.of("../../docs/warehouse.md");

  /** The index's table is beside the schema of the warehouse. */
  private static final Path STORAGE =
      Path.of("../index/src/main/resources/db/migration/V15__storage_tiers.sql");

  /** Roles belong to the server, which other tests use too. */
  private static final String ROLE = "grafana_" + UUID.randomUUID().toString().replace("-", "");

  private static TestWarehouse test;

  @BeforeAll
  static void open() throws Exception {
    test = new TestWarehouse(Clock.systemUTC());
    new PostgresDashboardTest().load(SampleRows.access("any", "makes the schema", 1));
    test.execute(Files.readString(STORAGE));
    Matcher sql =
        Pattern.compile("```sql\n(create role grafana .*?)```", Pattern.DOTALL)
            .matcher(Files.readString(DOCUMENT));
    assertThat(sql.find()).isTrue();
    test.execute(sql.group(1).replaceAll("\\bgrafana\\b", ROLE));
  }

  @AfterAll
  static void close() {
    test.close();
  }

  @Override
  protected String file() {
    return "dashboard-postgresql.json";
  }

  @Override
  protected Warehouse warehouse() {
    return test.warehouse();
  }

  @Override
  protected Connection connect() throws SQLException {
    return test.connect(ROLE, "change-me");
  }

  @Override
  protected void store(String tenant) throws SQLException {
    test.execute(
        "insert into storage_tier (tenant, store, node, state, objects, bytes)"
            + " values ('%s', 'online', 'node', 'present', 3, 4000)".formatted(tenant));
  }

  @Override
  protected Dashboard.Moments moments() {
    return moment -> "'" + moment + "'";
  }

  @Test
  void givenAPartitionThatCameLater_whenGrafanaAsks_thenItSeesItsRows() throws Exception {
    load(SampleRows.access("later", "read", 1).set("day", LocalDate.of(2019, 7, 1)));

    try (Connection grafana = connect()) {
      assertThat(
              Dashboard.ask(
                      grafana,
                      "select tenant from warehouse.wado_access_log where day = '2019-07-01'")
                  .rows())
          .containsExactly(List.of("later"));
    }
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "select patient_id from warehouse.dicom_image_meta",
        "select patient_id from warehouse.dicom_state_meta",
        "insert into warehouse.load_label (label) values ('x') returning label",
        "delete from warehouse.received_series returning tenant",
        "create table warehouse.mine (n int)"
      })
  void givenWhatGrafanaMayNot_whenItAsks_thenItIsRefused(String sql) throws Exception {
    try (Connection grafana = connect()) {
      // Whoever has the password can switch this off: the rights must do without it.
      grafana.createStatement().execute("set default_transaction_read_only = off");

      assertThatThrownBy(() -> Dashboard.ask(grafana, sql))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("permission denied");
    }
  }

  @Test
  void givenTheQueryOfTheDocument_whenAsked_thenItFindsStudiesByMonth() throws Exception {
    load(SampleRows.image("doc", "1.2", "1.2.3"));
    Matcher sql =
        Pattern.compile("```sql\n(select date_trunc.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(DOCUMENT));
    assertThat(sql.find()).isTrue();

    try (Connection grafana = connect()) {
      String sent =
          Dashboard.sent(
              sql.group(1), SampleRows.TIME.minusSeconds(60), SampleRows.TIME, "doc", moments());
      assertThat(Dashboard.ask(grafana, sent).rows()).hasSize(1);
    }
  }
}
