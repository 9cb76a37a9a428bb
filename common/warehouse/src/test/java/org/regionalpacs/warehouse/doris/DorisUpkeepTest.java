package org.regionalpacs.warehouse.doris;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.regionalpacs.test.doris.FakeDoris;
import org.regionalpacs.warehouse.Batch;
import org.regionalpacs.warehouse.RetentionProperties;
import org.regionalpacs.warehouse.Row;
import org.regionalpacs.warehouse.SampleRows;
import org.regionalpacs.warehouse.WarehouseQuery;
import org.regionalpacs.warehouse.WarehouseTable;
import org.regionalpacs.warehouse.WarehouseUnavailableException;

class DorisUpkeepTest {
  private static final Clock MARCH =
      Clock.fixed(Instant.parse("2026-03-30T00:00:00Z"), ZoneOffset.UTC);

  private static TestDoris test;

  @BeforeAll
  static void open() throws Exception {
    test = TestDoris.start();
  }

  @AfterAll
  static void close() throws Exception {
    if (test != null) {
      test.close();
    }
  }

  @BeforeEach
  void nothing() throws Exception {
    upkeep(Period.ofDays(1), Period.ofDays(1), "2100-01-01").run();
  }

  @Test
  void givenARetention_whenLookedAfter_thenDaysThatAreOlderGoAndTheOthersStay() throws Exception {
    load("2024-02-29", "2026-02-28", "2026-03-01", "2026-03-30", "2026-04-02");

    assertThat(accesses(Period.ofMonths(1)).run()).isEqualTo(1);

    assertThat(days()).containsExactly("2026-02-28", "2026-03-01", "2026-03-30", "2026-04-02");
    assertThat(test.doris().rows("wado_access_log")).hasSize(4);
    assertThat(accesses(Period.ofDays(29)).run()).isEqualTo(1);
    assertThat(days()).containsExactly("2026-03-01", "2026-03-30", "2026-04-02");
    assertThat(accesses(Period.ofDays(29)).run()).isZero();
  }

  @Test
  void givenNoRetention_whenLookedAfter_thenAllStays() throws Exception {
    load("1990-01-01");

    assertThat(accesses(Period.ZERO).run()).isZero();

    assertThat(days()).containsExactly("1990-01-01");
  }

  @Test
  void givenARetentionOfImages_whenLookedAfter_thenThoseOfOtherTablesStay() throws Exception {
    load("2020-01-01");
    load(SampleRows.image("t", "1.2", "1.2.3").set("received_day", LocalDate.of(2020, 1, 1)));

    assertThat(upkeep(Period.ZERO, Period.ofYears(5), "2026-03-30").run()).isEqualTo(1);

    assertThat(days()).containsExactly("2020-01-01");
    assertThat(count(WarehouseTable.DICOM_IMAGE_META)).isZero();
  }

  @Test
  void givenADayThatWentIntoTheRetention_whenItComesLate_thenItIsLoadedAndGoesTheNextTime()
      throws Exception {
    load("2020-01-01");
    accesses(Period.ofYears(1)).run();

    load("2020-01-01");

    assertThat(days()).containsExactly("2020-01-01");
    assertThat(accesses(Period.ofYears(1)).run()).isEqualTo(1);
  }

  @Test
  void givenManyProcesses_whenTheyLookAfterItAtOnce_thenWhatVanishesIsNoFailure() throws Exception {
    load(
        Stream.iterate(LocalDate.of(2020, 1, 1), day -> day.plusDays(1))
            .limit(10)
            .map(LocalDate::toString)
            .toArray(String[]::new));
    List<Callable<Integer>> runs = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      runs.add(() -> accesses(Period.ofYears(1)).run());
    }

    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Integer> run : executor.invokeAll(runs, 60, TimeUnit.SECONDS)) {
        assertThat(run.get()).isLessThanOrEqualTo(10);
      }
    }

    assertThat(days()).isEmpty();
  }

  @Test
  void givenAUserWithoutTheRight_whenLookedAfter_thenItIsToldWhichAndOtherTablesLoseTheirDays()
      throws Exception {
    Period year = Period.ofYears(1);
    RetentionProperties retention = new RetentionProperties(year, year, year, year);
    load("2020-01-01");
    load(SampleRows.image("t", "1.2", "1.2.3").set("received_day", LocalDate.of(2020, 1, 1)));
    Row conversion = Row.of(WarehouseTable.CONVERSION_RECORD).set("day", LocalDate.of(2020, 1, 1));
    load(
        conversion
            .set("time", SampleRows.TIME)
            .set("millis", 1L)
            .set("size_before", 1L)
            .set("size_after", 1L));
    test.doris().denyAlter("wado_access_log");
    try {
      assertThatThrownBy(
              () -> new DorisUpkeep(test.warehouse(), FakeDoris.DATABASE, retention, MARCH).run())
          .isInstanceOf(WarehouseUnavailableException.class)
          .hasMessageContaining("p20200101000000 of wado_access_log")
          .hasMessageContaining("ALTER_PRIV on the database " + FakeDoris.DATABASE);
    } finally {
      test.doris().denyAlter();
    }
    assertThat(days()).containsExactly("2020-01-01");
    assertThat(count(WarehouseTable.DICOM_IMAGE_META)).isZero();
    assertThat(count(WarehouseTable.CONVERSION_RECORD)).isZero();
  }

  @Test
  void givenNamesOfPartitions_whenRead_thenOnlyThoseThatDorisGivesHaveADay() {
    assertThat(DayPartition.day("p20240229000000")).hasValue(LocalDate.of(2024, 2, 29));
    assertThat(DayPartition.name(LocalDate.of(2024, 2, 29))).isEqualTo("p20240229000000");
    assertThat(Stream.of("p20230229000000", "p202402", "p20240229120000", "history", ""))
        .allMatch(name -> DayPartition.day(name).isEmpty());
  }

  private static DorisUpkeep accesses(Period kept) {
    return upkeep(kept, Period.ZERO, "2026-03-30");
  }

  private static DorisUpkeep upkeep(Period accesses, Period images, String today) {
    RetentionProperties retention =
        new RetentionProperties(Period.ZERO, images, accesses, Period.ZERO);
    Clock clock = Clock.offset(MARCH, Duration.between(MARCH.instant(), midnight(today)));
    return new DorisUpkeep(test.warehouse(), FakeDoris.DATABASE, retention, clock);
  }

  private static Instant midnight(String day) {
    return LocalDate.parse(day).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private static void load(String... days) throws Exception {
    load(
        Stream.of(days)
            .map(day -> SampleRows.access("t", "read", 1).set("day", LocalDate.parse(day)))
            .toArray(Row[]::new));
  }

  private static void load(Row... rows) throws Exception {
    test.warehouse().load(new Batch(rows[0].table(), "test-" + UUID.randomUUID(), List.of(rows)));
  }

  private static List<String> days() throws Exception {
    return test.warehouse()
        .query(
            new WarehouseQuery("select day from {wado_access_log} order by day", List.of(), 100),
            row -> row.getFirst().toString());
  }

  private static long count(WarehouseTable table) throws Exception {
    String sql = "select count(*) from {%s}".formatted(table.table());
    return test.warehouse()
        .query(new WarehouseQuery(sql, List.of(), 1), row -> (Number) row.getFirst())
        .getFirst()
        .longValue();
  }
}
