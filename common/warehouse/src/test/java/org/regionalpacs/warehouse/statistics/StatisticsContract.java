package org.regionalpacs.warehouse.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.regionalpacs.warehouse.Batch;
import org.regionalpacs.warehouse.Row;
import org.regionalpacs.warehouse.SampleRows;
import org.regionalpacs.warehouse.Warehouse;
import org.regionalpacs.warehouse.Warehouse.Loaded;
import org.regionalpacs.warehouse.WarehouseTable;

/** What {@link Statistics} find in every {@link Warehouse}. Each test has a tenant of its own. */
public abstract class StatisticsContract {
  private static final LocalDate DAY = SampleRows.TIME.atOffset(ZoneOffset.UTC).toLocalDate();

  private final String tenant = "t" + UUID.randomUUID();
  private final Scope scope = new Scope(Set.of(tenant), DAY.minusYears(1), DAY.plusDays(1));
  private Statistics statistics;

  /** Under test. */
  protected abstract Warehouse warehouse();

  @BeforeEach
  void statistics() {
    statistics = new Statistics(warehouse());
  }

  @Test
  void givenStudiesOfTwoDays_whenAskedByDay_thenEachDayHasItsCounts() throws Exception {
    load(
        image("1.1", "1.1.1", DAY),
        image("1.1", "1.1.2", DAY),
        image("1.2", "1.2.1", DAY),
        image("1.1", "1.1.3", DAY.minusDays(1)));

    assertThat(statistics.received(scope, ReceivedBy.DAY))
        .containsExactly(
            new Received(List.of(DAY.minusDays(1).toString()), 1, 1, 1, 1000),
            new Received(List.of(DAY.toString()), 2, 2, 3, 3000));
  }

  @Test
  void givenAStudyOfTwoDays_whenAskedByModality_thenItCountsOnce() throws Exception {
    load(
        image("1.1", "1.1.1", DAY),
        image("1.1", "1.1.2", DAY.minusDays(1)),
        image("1.1", "1.1.3", DAY).set("modality", "PT").set("series_uid", "1.1.9"));

    assertThat(statistics.received(scope, ReceivedBy.MODALITY))
        .containsExactly(
            new Received(List.of("CT"), 1, 1, 2, 2000), new Received(List.of("PT"), 1, 1, 1, 1000));
  }

  @Test
  void givenASeriesThatCameOnThreeDays_whenAsked_thenEachDayHasItAndTheWholeHasItOnce()
      throws Exception {
    load(image("1.1", "1.1.1", DAY.minusDays(2)), image("1.1", "1.1.2", DAY.minusDays(1)));
    load(
        image("1.1", "1.1.3", DAY),
        image("1.1", "1.1.4", DAY).set("received", SampleRows.TIME.minusSeconds(3600)),
        image("1.1", "1.1.1", DAY).set("reception_id", "came again with other content"));

    assertThat(statistics.received(scope, ReceivedBy.DAY))
        .containsExactly(
            new Received(List.of(DAY.minusDays(2).toString()), 1, 1, 1, 1000),
            new Received(List.of(DAY.minusDays(1).toString()), 1, 1, 1, 1000),
            new Received(List.of(DAY.toString()), 1, 1, 3, 3000));
    for (ReceivedBy by : List.of(ReceivedBy.TENANT, ReceivedBy.MODALITY, ReceivedBy.EQUIPMENT)) {
      assertThat(statistics.received(scope, by))
          .as("by " + by)
          .extracting(Received::studies, Received::series, Received::instances, Received::bytes)
          .containsExactly(tuple(1L, 1L, 5L, 5000L));
    }
    assertThat(Delays.sum(DAY, statistics.delays(scope)).objects()).isEqualTo(5);
  }

  @Test
  void givenTwoDaysAndTwoModalities_whenAnOverviewIsAsked_thenEachStudyCountsOnceInTheWhole()
      throws Exception {
    load(
        image("1.1", "1.1.1", DAY),
        image("1.1", "1.1.2", DAY.minusDays(1)),
        image("1.1", "1.1.3", DAY).set("modality", "PT").set("series_uid", "1.1.9"));
    load(
        SampleRows.access(tenant, "WADO-RS frames", 10).set("millis", 99L),
        SampleRows.access(tenant, "C-STORE", 1).set("comment", "no space"),
        SampleRows.access(tenant, "C-STORE", 1));

    Overview overview = statistics.overview(scope);

    assertThat(overview.received()).isEqualTo(new Received(List.of(), 1, 2, 3, 3000));
    assertThat(overview.byModality())
        .containsExactly(
            new Received(List.of("CT"), 1, 1, 2, 2000), new Received(List.of("PT"), 1, 1, 1, 1000));
    assertThat(overview.delays().objects()).isEqualTo(3);
    assertThat(overview.delays().day()).isEqualTo(scope.from());
    assertThat(overview.accesses()).isEqualTo(new Accesses("", 3, 1, 12, 99));
    assertThat(overview.byOperation())
        .extracting(Accesses::group)
        .containsExactly("C-STORE", "WADO-RS frames");
    Overview nothing =
        statistics.overview(new Scope(Set.of(tenant), DAY.plusDays(1), DAY.plusDays(1)));
    assertThat(nothing.received().studies()).isZero();
    assertThat(nothing.delays().percentile(50)).isEmpty();
  }

  @Test
  void givenStudiesOfSeveralTenants_whenAsked_thenOnlyThoseOfTheScopeCount() throws Exception {
    String other = tenant + "b";
    load(
        image("1.1", "1.1.1", DAY),
        image("1.1", "1.1.1", DAY).set("tenant", other),
        image("1.1", "1.1.1", DAY).set("tenant", tenant + "c"));
    Scope two = new Scope(Set.of(tenant, other), DAY, DAY);

    assertThat(statistics.received(two, ReceivedBy.TENANT))
        .containsExactly(
            new Received(List.of(tenant), 1, 1, 1, 1000),
            new Received(List.of(other), 1, 1, 1, 1000));
    assertThat(statistics.received(two, ReceivedBy.MODALITY))
        .containsExactly(new Received(List.of("CT"), 2, 2, 2, 2000));
    assertThat(statistics.received(new Scope(Set.of(), DAY, DAY), ReceivedBy.DAY)).isEmpty();
  }

  @Test
  void givenEquipment_whenAsked_thenStationManufacturerAndModelTellItApart() throws Exception {
    load(
        image("1.1", "1.1.1", DAY).set("station", "A").set("manufacturer", "M").set("model", "X"),
        image("1.1", "1.1.2", DAY).set("station", "A").set("manufacturer", "M").set("model", "Y"));

    assertThat(statistics.received(scope, ReceivedBy.EQUIPMENT))
        .extracting(Received::group)
        .containsExactly(List.of("A", "M", "X"), List.of("A", "M", "Y"));
  }

  @Test
  void givenRowsThatComeAgainAndAreReplaced_whenAsked_thenTheyCountAsTheyAreNow() throws Exception {
    load(image("1.1", "1.1.1", DAY), image("1.1", "1.1.2", DAY));
    load(image("1.1", "1.1.1", DAY), image("1.1", "1.1.3", DAY));

    load(image("1.1", "1.1.1", DAY).set("size", 5L).set("modality", "MR"));

    assertThat(statistics.received(scope, ReceivedBy.MODALITY))
        .containsExactly(
            new Received(List.of("CT"), 1, 1, 2, 2000), new Received(List.of("MR"), 1, 1, 1, 5));
  }

  @Test
  void givenLoadsOfOneSeriesAtOnce_whenAsked_thenAllCount() throws Exception {
    List<Callable<Loaded>> loads = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      String sop = "1.1." + i;
      loads.add(() -> load(image("1.1", sop, DAY), image("1.2", "1.2.0", DAY)));
    }
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Loaded> load : executor.invokeAll(loads, 60, TimeUnit.SECONDS)) {
        load.get();
      }
    }

    assertThat(statistics.received(scope, ReceivedBy.DAY))
        .containsExactly(new Received(List.of(DAY.toString()), 2, 2, 13, 13_000));
  }

  @Test
  void givenDelays_whenAsked_thenPercentilesAreWithinTheirSteps() throws Exception {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      Instant indexed = SampleRows.TIME.plusMillis(i < 90 ? 400 : i < 99 ? 3000 : 200_000_000);
      rows.add(image("1.1", "1.1." + i, DAY).set("indexed", indexed));
    }
    load(rows.toArray(Row[]::new));

    Delays delays = statistics.delays(scope).getFirst();

    assertThat(delays.day()).isEqualTo(DAY);
    assertThat(delays.objects()).isEqualTo(100);
    assertThat(delays.percentile(50).orElseThrow()).isBetween(250L, 500L);
    assertThat(delays.percentile(90).orElseThrow()).isEqualTo(500L);
    assertThat(delays.percentile(95).orElseThrow()).isBetween(2000L, 5000L);
    assertThat(delays.percentile(100)).isEmpty();
  }

  @Test
  void givenObjectsOfSeveralHours_whenTheRateIsAsked_thenItIsByHour() throws Exception {
    load(
        image("1.1", "1.1.1", DAY),
        image("1.1", "1.1.2", DAY),
        image("1.1", "1.1.3", DAY).set("received", Instant.parse("2026-03-31T07:00:00Z")));

    assertThat(statistics.rate(scope))
        .containsExactly(new HourRate(DAY, 7, 1, 1000), new HourRate(DAY, 23, 2, 2000));
  }

  @Test
  void givenRequests_whenAskedByEachGroup_thenTheyAndTheirFailuresCount() throws Exception {
    load(
        SampleRows.access(tenant, "WADO-RS frames", 10).set("peer", "ann"),
        SampleRows.access(tenant, "WADO-RS frames", 20).set("peer", "bob").set("millis", 99L),
        SampleRows.access(tenant, "C-STORE", 1).set("peer", "ann").set("comment", "no space"));

    assertThat(statistics.accesses(scope, AccessBy.OPERATION))
        .containsExactly(
            new Accesses("WADO-RS frames", 2, 0, 30, 99), new Accesses("C-STORE", 1, 1, 1, 7));
    assertThat(statistics.accesses(scope, AccessBy.USER))
        .containsExactly(new Accesses("ann", 2, 1, 11, 7), new Accesses("bob", 1, 0, 20, 99));
    assertThat(statistics.accesses(scope, AccessBy.DAY))
        .containsExactly(new Accesses(DAY.toString(), 3, 1, 31, 99));
    assertThat(statistics.accesses(scope, AccessBy.TENANT))
        .containsExactly(new Accesses(tenant, 3, 1, 31, 99));
  }

  @Test
  void givenRetrieves_whenTheSlowestAreAsked_thenTheyComeFirstAndNoOthers() throws Exception {
    load(
        SampleRows.access(tenant, "C-STORE", 1).set("millis", 900L),
        SampleRows.access(tenant, "a", 1).set("millis", 5L).set("served_from", "online"),
        SampleRows.access(tenant, "b", 1).set("millis", 50L).set("served_from", "local"),
        SampleRows.access(tenant, "c", 1).set("millis", 7L).set("served_from", "redis"));

    assertThat(statistics.slowestRetrieves(scope, 2))
        .extracting(Retrieve::operation)
        .containsExactly("b", "c");
    assertThatThrownBy(() -> statistics.slowestRetrieves(scope, Statistics.MOST + 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void givenConversions_whenAsked_thenTheyAreByKindAndOutcome() throws Exception {
    load(conversion("done", 100, 40), conversion("done", 50, 30), conversion("failed", 10, 0));

    assertThat(statistics.conversions(scope))
        .containsExactly(
            new Conversions("1.2.1", "1.2.90", "done", 2, 150, 70, 6),
            new Conversions("1.2.1", "1.2.90", "failed", 1, 10, 0, 3));
  }

  @Test
  void givenDepartments_whenTheTopIsAsked_thenThoseWithMostStudiesComeFirst() throws Exception {
    load(
        image("1.1", "1.1.1", DAY).set("referring_department", "surgery"),
        image("1.2", "1.2.1", DAY).set("referring_department", "oncology"),
        image("1.3", "1.3.1", DAY).set("referring_department", "oncology"));

    assertThat(statistics.topReferringDepartments(scope, 10))
        .containsExactly(
            new Received(List.of("oncology"), 2, 2, 2, 2000),
            new Received(List.of("surgery"), 1, 1, 1, 1000));
    assertThat(statistics.topReferringDepartments(scope, 1)).hasSize(1);
  }

  private Row image(String study, String sop, LocalDate day) {
    return SampleRows.image(tenant, study, sop).set("received_day", day);
  }

  private Row conversion(String outcome, long before, long after) {
    return Row.of(WarehouseTable.CONVERSION_RECORD)
        .set("day", DAY)
        .set("event_id", UUID.randomUUID().toString())
        .set("tenant", tenant)
        .set("time", SampleRows.TIME)
        .set("from_syntax", "1.2.1")
        .set("to_syntax", "1.2.90")
        .set("millis", 3L)
        .set("size_before", before)
        .set("size_after", after)
        .set("outcome", outcome);
  }

  private Loaded load(Row... rows) throws Exception {
    List<Row> all = List.of(rows);
    return warehouse().load(new Batch(all.getFirst().table(), "l" + UUID.randomUUID(), all));
  }
}
