package org.regionalpacs.warehouse.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.regionalpacs.warehouse.Batch;
import org.regionalpacs.warehouse.RetentionProperties;
import org.regionalpacs.warehouse.Row;
import org.regionalpacs.warehouse.SampleRows;
import org.regionalpacs.warehouse.Warehouse.Loaded;
import org.regionalpacs.warehouse.WarehouseTable;

class PartitionsTest {
  private static final Clock MARCH = at("2026-03-30T12:00:00Z");
  private static final RetentionProperties FOREVER = keep("0d", "0d");

  private final TestWarehouse test = new TestWarehouse(MARCH);

  @AfterEach
  void close() {
    test.close();
  }

  @Test
  void givenDaysOfSeveralMonths_whenLoaded_thenEachIsInItsMonthAndTheAbsurdInTheRest()
      throws Exception {
    load("2026-02-28", "2026-03-31", "1990-01-01", "1989-12-31", "2026-04-01", "9999-12-31");

    assertThat(days("_1990_01")).containsExactly("1990-01-01");
    assertThat(days("_2026_02")).containsExactly("2026-02-28");
    assertThat(days("_2026_03")).containsExactly("2026-03-31");
    assertThat(days("_rest")).containsExactly("1989-12-31", "2026-04-01", "9999-12-31");
    assertThat(partitions()).hasSize(4);
  }

  @Test
  void givenARowAheadOfItsMonth_whenTheMonthComes_thenTheRowMovesAndIsReplacedThere()
      throws Exception {
    Row row = row("2026-04-15");
    load(test.warehouse(), List.of(row));
    assertThat(days("_rest")).containsExactly("2026-04-15");

    try (PostgresWarehouse later = test.another(at("2026-04-20T00:00:00Z"))) {
      load(later, List.of(row));
    }

    assertThat(days("_rest")).isEmpty();
    assertThat(days("_2026_04")).containsExactly("2026-04-15");
  }

  @Test
  void givenManyProcesses_whenTheyNeedTheSameMonthsAtOnce_thenAllLoad() throws Exception {
    List<Callable<Loaded>> loads = new ArrayList<>();
    List<PostgresWarehouse> processes = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      PostgresWarehouse process = test.another(MARCH);
      processes.add(process);
      loads.add(() -> load(process, List.of(row("2026-01-01"), row("2025-12-31"))));
    }
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Loaded> load : executor.invokeAll(loads, 60, TimeUnit.SECONDS)) {
        assertThat(load.get()).isEqualTo(Loaded.NEW);
      }
    }
    processes.forEach(PostgresWarehouse::close);

    assertThat(days("_2026_01")).hasSize(4);
    assertThat(days("_2025_12")).hasSize(4);
  }

  @Test
  void givenNothing_whenLookedAfter_thenThisMonthAndTheNextAreThere() throws Exception {
    assertThat(upkeep(FOREVER).run()).isZero();

    assertThat(partitions())
        .containsExactly(
            "wado_access_log_2026_03", "wado_access_log_2026_04", "wado_access_log_rest");
  }

  @Test
  void givenARetention_whenLookedAfter_thenWholeMonthsThatAreOlderGo() throws Exception {
    load("2026-03-01", "2025-03-30", "2025-03-29", "2025-02-28", "1980-01-01");

    assertThat(upkeep(keep("1y", "0d")).run()).isOne();

    // The month in which the first day is that is kept stays.
    assertThat(days("")).containsExactly("2025-03-29", "2025-03-30", "2026-03-01");
    // What comes late gets a partition, which goes the next time.
    load("2025-02-01");
    assertThat(days("_2025_02")).containsExactly("2025-02-01");
    assertThat(upkeep(keep("1y", "0d")).run()).isOne();
  }

  @Test
  void givenARetentionOfImages_whenLookedAfter_thenWhatWasCountedOfThemGoesToo() throws Exception {
    load(
        test.warehouse(),
        List.of(
            SampleRows.image("t", "1.2", "1.2.3").set("received_day", LocalDate.of(2020, 1, 31))));
    assertThat(test.read("select series_uid from warehouse.received_series")).hasSize(1);

    assertThat(upkeep(keep("0d", "5y")).run()).isEqualTo(2);

    assertThat(test.read("select series_uid from warehouse.received_series")).isEmpty();
  }

  @Test
  void givenLabels_whenLookedAfter_thenThoseOfLongAgoAreForgotten() throws Exception {
    load("2026-03-01");
    load("2026-03-01");
    test.execute(
        """
        update warehouse.load_label set loaded = now() - interval '31 days'
         where label = (select min(label) from warehouse.load_label)
        """);

    upkeep(FOREVER).run();

    assertThat(test.read("select label from warehouse.load_label")).hasSize(1);
  }

  private PostgresUpkeep upkeep(RetentionProperties retention) {
    return new PostgresUpkeep(test.warehouse(), TestWarehouse.PROPERTIES, retention, MARCH);
  }

  private static RetentionProperties keep(String accesses, String images) {
    Period forever = Period.ZERO;
    return new RetentionProperties(
        forever,
        Period.parse("P" + images.toUpperCase(Locale.ROOT)),
        Period.parse("P" + accesses.toUpperCase(Locale.ROOT)),
        forever);
  }

  private static Clock at(String moment) {
    return Clock.fixed(Instant.parse(moment), ZoneOffset.UTC);
  }

  private static Row row(String day) {
    return SampleRows.access("t", "read", 1).set("day", LocalDate.parse(day));
  }

  private void load(String... days) throws Exception {
    load(test.warehouse(), List.of(days).stream().map(PartitionsTest::row).toList());
  }

  private static Loaded load(PostgresWarehouse warehouse, List<Row> rows) throws Exception {
    return warehouse.load(new Batch(rows.getFirst().table(), "l" + UUID.randomUUID(), rows));
  }

  private List<String> days(String partition) throws Exception {
    return test.read(
        "select day from warehouse.wado_access_log%s order by day".formatted(partition));
  }

  private List<String> partitions() throws Exception {
    return test
        .read(
            """
            select inhrelid::regclass::text from pg_inherits
             where inhparent = 'warehouse.%s'::regclass
            """
                .formatted(WarehouseTable.WADO_ACCESS_LOG.table()))
        .stream()
        .map(name -> name.replace("warehouse.", ""))
        .sorted()
        .toList();
  }
}
