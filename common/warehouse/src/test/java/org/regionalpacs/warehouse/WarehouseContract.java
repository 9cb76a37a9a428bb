package org.regionalpacs.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.regionalpacs.warehouse.Warehouse.Loaded;

/** What every {@link Warehouse} does. Each test has a tenant and labels of its own. */
@Timeout(120)
public abstract class WarehouseContract {
  private static final LocalDate DAY = LocalDate.parse("2026-03-31");

  private final String tenant = "t" + UUID.randomUUID();

  /** Under test. */
  protected abstract Warehouse warehouse();

  /** The same with a deadline of not more than {@link #deadline}, where nothing is to succeed. */
  protected Warehouse hurried() {
    return warehouse();
  }

  /** How long a load or query of {@link #hurried} takes at most. */
  protected abstract Duration deadline();

  /** Begins some trouble with the server. */
  protected abstract void begin(Trouble trouble) throws Exception;

  /** Ends all trouble. */
  protected abstract void end() throws Exception;

  @Test
  void givenABatch_whenLoaded_thenItsRowsAreThere() throws Exception {
    assertThat(warehouse().load(reads("a", 3))).isEqualTo(Loaded.NEW);

    assertThat(operations()).containsExactly("a0", "a1", "a2");
  }

  @Test
  void givenALabelThatWasLoaded_whenLoadedAgain_thenItIsToldAndNothingChanges() throws Exception {
    Batch batch = reads("a", 2);
    warehouse().load(batch);

    assertThat(warehouse().load(batch)).isEqualTo(Loaded.BEFORE);
    // Whatever comes with it: the label says that it was loaded.
    assertThat(warehouse().load(new Batch(batch.table(), batch.label(), reads("b", 1).rows())))
        .isEqualTo(Loaded.BEFORE);

    assertThat(operations()).containsExactly("a0", "a1");
  }

  @Test
  void givenManyWhoLoadOneLabel_whenAtOnce_thenItIsNewForOneAndThereForAll() throws Exception {
    Batch batch = reads("a", 500);

    List<Loaded> results = atOnce(8, _ -> batch);

    assertThat(results).containsOnly(Loaded.NEW, Loaded.BEFORE);
    assertThat(Collections.frequency(results, Loaded.NEW)).isOne();
    assertThat(operations()).hasSize(500);
  }

  @Test
  void givenBatchesWithTheSameKeysInAnyOrder_whenLoadedAtOnce_thenAllEndAndEachKeyIsThereOnce()
      throws Exception {
    List<Row> rows = images("1.2", 300);

    List<Loaded> results =
        atOnce(
            6,
            n -> {
              List<Row> mine = new ArrayList<>(rows);
              Collections.rotate(mine, n * 50);
              return batch(n % 2 == 0 ? mine : mine.reversed());
            });

    assertThat(results).containsOnly(Loaded.NEW);
    assertThat(count(WarehouseTable.DICOM_IMAGE_META)).isEqualTo(300);
  }

  @Test
  void givenRowsWithTheSameKey_whenInOneBatch_thenTheLastOneCounts() throws Exception {
    Row first = SampleRows.access(tenant, "first", 1);
    String event = (String) first.value("event_id").orElseThrow();
    Row second = SampleRows.access(tenant, "second", 2).set("event_id", event);
    Row last = SampleRows.access(tenant, "last", 3).set("event_id", event);

    warehouse().load(batch(List.of(first, second, SampleRows.access(tenant, "other", 4), last)));

    assertThat(operations()).containsExactly("last", "other");
  }

  @Test
  void givenARowWithTheKeyOfAnEarlierOne_whenLoaded_thenItTakesItsPlaceWhole() throws Exception {
    Row first = SampleRows.image(tenant, "1.2", "1.2.3").set("kvp", new BigDecimal("120"));
    warehouse().load(batch(List.of(first)));

    warehouse().load(batch(List.of(SampleRows.image(tenant, "1.2", "1.2.3").set("size", 5L))));

    assertThat(rows(WarehouseTable.DICOM_IMAGE_META, List.of("size", "kvp")))
        .containsExactly(row(5L, null));
  }

  @Test
  void givenStatesOfASeriesInAnyOrder_whenLoaded_thenTheOneAfterTheLastChangeIsThere()
      throws Exception {
    warehouse()
        .load(
            batch(
                List.of(
                    SampleRows.state(tenant, "1.2", 7),
                    SampleRows.state(tenant, "1.2", 9),
                    SampleRows.state(tenant, "1.2", 8))));
    warehouse().load(batch(List.of(SampleRows.state(tenant, "1.2", 3))));

    assertThat(rows(WarehouseTable.DICOM_STATE_META, List.of("change_number", "modality")))
        .containsExactly(row(9L, "after 9"));

    warehouse().load(batch(List.of(SampleRows.state(tenant, "1.2", 10))));

    assertThat(rows(WarehouseTable.DICOM_STATE_META, List.of("change_number", "modality")))
        .containsExactly(row(10L, "after 10"));
  }

  @Test
  void givenARowThatIsIncomplete_whenLoaded_thenNoneIsThereAndTheLabelIsFree() throws Exception {
    List<Row> rows = new ArrayList<>(reads("a", 2).rows());
    rows.add(Row.of(WarehouseTable.WADO_ACCESS_LOG).set("day", DAY).set("tenant", tenant));
    Batch incomplete = batch(rows);

    assertThatThrownBy(() -> warehouse().load(incomplete))
        .isInstanceOf(RowsRefusedException.class)
        .hasMessageContaining("time");

    assertThat(operations()).isEmpty();
    Batch good = new Batch(incomplete.table(), incomplete.label(), rows.subList(0, 2));
    assertThat(warehouse().load(good)).isEqualTo(Loaded.NEW);
    assertThat(operations()).containsExactly("a0", "a1");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"1E+18", "-1E+18", "1E+40"})
  void givenANumberThatIsTooLarge_whenLoaded_thenNoneIsThere(String number) throws Exception {
    Row bad = SampleRows.image(tenant, "1.2", "1.2.2").set("dap", new BigDecimal(number));
    List<Row> rows = List.of(SampleRows.image(tenant, "1.2", "1.2.1"), bad);

    assertThatThrownBy(() -> warehouse().load(batch(rows)))
        .isInstanceOf(RowsRefusedException.class)
        .hasMessageContaining("dap");

    assertThat(count(WarehouseTable.DICOM_IMAGE_META)).isZero();
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void givenRowsOfATable_whenReadBack_thenEveryValueIsAsItWasSet(WarehouseTable table)
      throws Exception {
    List<Row> rows = SampleValues.of(table, tenant);

    warehouse().load(batch(rows));

    List<String> columns = table.columns().stream().map(Column::name).toList();
    assertThat(rows(table, columns))
        .containsExactlyInAnyOrderElementsOf(rows.stream().map(WarehouseContract::values).toList());
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void givenTrouble_whenLoaded_thenItIsToldInTimeAndLoadingAgainLoadsOnce(Trouble trouble)
      throws Exception {
    Batch batch = batch(images("1.2", 2000));
    warehouse().load(reads("before", 1));
    connect();
    begin(trouble);
    try {
      Instant begun = Instant.now();

      assertThatThrownBy(() -> hurried().load(batch))
          .isInstanceOf(WarehouseUnavailableException.class);

      assertThat(Duration.between(begun, Instant.now())).isLessThan(deadline().plusSeconds(30));
    } finally {
      end();
    }
    assertThat(count(WarehouseTable.DICOM_IMAGE_META)).isIn(0L, 2000L);
    warehouse().load(batch);
    assertThat(warehouse().load(batch)).isEqualTo(Loaded.BEFORE);
    assertThat(count(WarehouseTable.DICOM_IMAGE_META)).isEqualTo(2000);
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(names = {"DOWN", "SILENT"})
  void givenTrouble_whenAsked_thenItIsToldInTimeAndAnsweredLater(Trouble trouble) throws Exception {
    warehouse().load(reads("a", 1));
    connect();
    begin(trouble);
    try {
      Instant begun = Instant.now();

      assertThatThrownBy(() -> hurried().query(operationsQuery(100), List::getFirst))
          .isInstanceOf(WarehouseUnavailableException.class);

      assertThat(Duration.between(begun, Instant.now())).isLessThan(deadline().plusSeconds(30));
    } finally {
      end();
    }
    assertThat(operations()).containsExactly("a0");
  }

  @Test
  void givenArgumentsOfEachKind_whenAsked_thenTheyAreCompared() throws Exception {
    warehouse()
        .load(
            batch(
                List.of(
                    SampleRows.access(tenant, "it's \\ ? 山", 1L << 40),
                    SampleRows.access(tenant, "x' or '1'='1", 2))));
    WarehouseQuery query =
        new WarehouseQuery(
            "select operation from {wado_access_log} where tenant = ? and day = ? and time = ?"
                + " and bytes = ? and status = ? and operation = ?",
            List.of(tenant, DAY, SampleRows.TIME, 1L << 40, 200, "it's \\ ? 山"),
            10);

    assertThat(warehouse().query(query, List::getFirst)).containsExactly("it's \\ ? 山");
  }

  @Test
  void givenMoreRowsThanWanted_whenAsked_thenThereAreNotMore() throws Exception {
    warehouse().load(reads("a", 5));

    assertThat(warehouse().query(operationsQuery(2), List::getFirst)).containsExactly("a0", "a1");
  }

  @Test
  void givenAQueryThatIsWrong_whenAsked_thenItIsTold() {
    WarehouseQuery query = new WarehouseQuery("select nothing from {nowhere}", List.of(), 1);

    assertThatThrownBy(() -> warehouse().query(query, List::getFirst))
        .isInstanceOf(WarehouseUnavailableException.class);
  }

  /** So that there are connections to cut. */
  private void connect() {
    await()
        .atMost(Duration.ofMinutes(1))
        .ignoreExceptionsInstanceOf(WarehouseUnavailableException.class)
        .until(() -> hurried().query(operationsQuery(1), List::getFirst).size() == 1);
  }

  /** Reads with operations that begin so. */
  private Batch reads(String prefix, int rows) {
    return batch(
        IntStream.range(0, rows).mapToObj(n -> SampleRows.access(tenant, prefix + n, n)).toList());
  }

  private List<Row> images(String study, int rows) {
    return IntStream.range(0, rows)
        .mapToObj(n -> SampleRows.image(tenant, study, study + ".1." + n))
        .toList();
  }

  private static Batch batch(List<Row> rows) {
    return new Batch(rows.getFirst().table(), "test-" + UUID.randomUUID(), rows);
  }

  private WarehouseQuery operationsQuery(int most) {
    return new WarehouseQuery(
        "select operation from {wado_access_log} where tenant = ? order by operation",
        List.of(tenant),
        most);
  }

  private List<Object> operations() throws WarehouseUnavailableException {
    return warehouse().query(operationsQuery(1000), List::getFirst).stream()
        .filter(operation -> !operation.toString().startsWith("before"))
        .collect(Collectors.toList());
  }

  private long count(WarehouseTable table) throws WarehouseUnavailableException {
    return (Long) rows(table, List.of("count(*)")).getFirst().getFirst();
  }

  private List<List<Object>> rows(WarehouseTable table, List<String> columns)
      throws WarehouseUnavailableException {
    return warehouse()
        .query(
            new WarehouseQuery(
                "select %s from {%s} where tenant = ?"
                    .formatted(String.join(", ", columns), table.table()),
                List.of(tenant),
                1000),
            row -> row.stream().map(WarehouseContract::comparable).collect(Collectors.toList()));
  }

  private static List<Object> values(Row row) {
    return IntStream.range(0, row.table().columns().size())
        .mapToObj(i -> comparable(row.value(i).orElse(null)))
        .collect(Collectors.toList());
  }

  /** Numbers may come back as another class. */
  private static Object comparable(Object value) {
    return switch (value) {
      case BigDecimal number -> number.stripTrailingZeros();
      case Number number -> number.longValue();
      case null -> null;
      default -> value;
    };
  }

  private static List<Object> row(Object... values) {
    List<Object> row = new ArrayList<>();
    Collections.addAll(row, values);
    return row;
  }

  private interface BatchOf {
    Batch of(int thread);
  }

  private List<Loaded> atOnce(int threads, BatchOf batches) throws Exception {
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Loaded>> loads =
          IntStream.range(0, threads)
              .mapToObj(n -> (Callable<Loaded>) () -> warehouse().load(batches.of(n)))
              .toList();
      List<Loaded> results = new ArrayList<>();
      for (Future<Loaded> load : executor.invokeAll(loads, 60, TimeUnit.SECONDS)) {
        results.add(load.get());
      }
      return results;
    }
  }
}
