package org.regionalpacs.warehouse.doris;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.regionalpacs.test.doris.DorisFault.BACKEND_DIES_MIDWAY;
import static org.regionalpacs.test.doris.DorisFault.BACKEND_ERROR;
import static org.regionalpacs.test.doris.DorisFault.BACKEND_FAILS;
import static org.regionalpacs.test.doris.DorisFault.DEAD_BACKEND;
import static org.regionalpacs.test.doris.DorisFault.FORBIDDEN;
import static org.regionalpacs.test.doris.DorisFault.FRONTEND_ERROR;
import static org.regionalpacs.test.doris.DorisFault.FRONTEND_FAILS;
import static org.regionalpacs.test.doris.DorisFault.FRONTEND_HANGS;
import static org.regionalpacs.test.doris.DorisFault.HALF_ANSWER;
import static org.regionalpacs.test.doris.DorisFault.HALF_JSON;
import static org.regionalpacs.test.doris.DorisFault.NO_COMPRESSED_JSON;
import static org.regionalpacs.test.doris.DorisFault.PUBLISH_TIMEOUT;
import static org.regionalpacs.test.doris.DorisFault.REDIRECT_ELSEWHERE;
import static org.regionalpacs.test.doris.DorisFault.REDIRECT_LOOP;
import static org.regionalpacs.test.doris.DorisFault.RUNNING_FOR_EVER;
import static org.regionalpacs.test.doris.DorisFault.RUNNING_THEN_ABORTED;
import static org.regionalpacs.test.doris.DorisFault.RUNNING_THEN_FINISHED;
import static org.regionalpacs.test.doris.DorisFault.TIMEOUT_AFTER_COMMIT;
import static org.regionalpacs.test.doris.DorisFault.UNAUTHORIZED;
import static org.regionalpacs.test.doris.DorisFault.UNKNOWN_STATUS;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.regionalpacs.test.doris.DorisFault;
import org.regionalpacs.test.doris.DorisTable;
import org.regionalpacs.test.doris.FakeDoris;
import org.regionalpacs.warehouse.Batch;
import org.regionalpacs.warehouse.Row;
import org.regionalpacs.warehouse.RowsRefusedException;
import org.regionalpacs.warehouse.SampleRows;
import org.regionalpacs.warehouse.Warehouse.Loaded;
import org.regionalpacs.warehouse.WarehouseTable;
import org.regionalpacs.warehouse.WarehouseUnavailableException;

/** The fault table of Stream Load. */
@Timeout(180)
class StreamLoadFaultsTest {
  private static final String LOG = WarehouseTable.WADO_ACCESS_LOG.table();

  /** Where what is loaded must get there, also on a busy machine. */
  private static final Duration ANSWER = Duration.ofSeconds(3);

  private static final Duration LOAD = Duration.ofSeconds(30);

  /** Where nothing is to get there. */
  private static final Duration SHORT_ANSWER = Duration.ofMillis(700);

  private static final Duration SHORT_LOAD = Duration.ofSeconds(3);
  private static FakeDoris doris;

  private DorisHttp http;

  @BeforeAll
  static void start() throws IOException {
    List<DorisTable> tables = new ArrayList<>();
    for (WarehouseTable table : WarehouseTable.values()) {
      // A server whose table differs: rows are cut to what they should be.
      String ddl =
          DorisDdl.of(table, 1)
              .replaceAll("`study_uid`( +)VARCHAR\\(512\\)", "`study_uid`$1VARCHAR(100)");
      tables.add(DorisTable.parse(ddl));
    }
    doris = FakeDoris.start(tables);
  }

  @AfterAll
  static void stop() throws IOException {
    doris.close();
  }

  @AfterEach
  void heal() {
    doris.heal();
    if (http != null) {
      http.close();
    }
  }

  static Stream<Arguments> endures() {
    return Stream.of(
        arguments(FRONTEND_ERROR, Loaded.NEW),
        arguments(FRONTEND_FAILS, Loaded.NEW),
        arguments(FRONTEND_HANGS, Loaded.NEW),
        arguments(DEAD_BACKEND, Loaded.NEW),
        arguments(REDIRECT_ELSEWHERE, Loaded.NEW),
        arguments(BACKEND_ERROR, Loaded.NEW),
        arguments(BACKEND_DIES_MIDWAY, Loaded.NEW),
        arguments(BACKEND_FAILS, Loaded.NEW),
        arguments(TIMEOUT_AFTER_COMMIT, Loaded.NEW),
        arguments(HALF_ANSWER, Loaded.NEW),
        arguments(HALF_JSON, Loaded.NEW),
        arguments(PUBLISH_TIMEOUT, Loaded.NEW),
        arguments(UNKNOWN_STATUS, Loaded.NEW),
        arguments(RUNNING_THEN_ABORTED, Loaded.NEW),
        arguments(NO_COMPRESSED_JSON, Loaded.NEW));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("endures")
  void givenAFaultOnce_whenLoaded_thenTheRowsAreThereOnce(DorisFault fault, Loaded expected)
      throws Exception {
    Batch batch = reads(20);
    int before = doris.rows(LOG).size();
    doris.next(fault);

    assertThat(streamLoad().load(batch)).isEqualTo(expected);

    assertThat(doris.rows(LOG)).hasSize(before + 20);
    assertThat(doris.state(batch.label())).isEqualTo("VISIBLE");
    assertThat(streamLoad().load(batch)).isEqualTo(Loaded.BEFORE);
    assertThat(doris.rows(LOG)).hasSize(before + 20);
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(
      names = {
        "TIMEOUT_AFTER_COMMIT",
        "HALF_ANSWER",
        "HALF_JSON",
        "UNKNOWN_STATUS",
        "PUBLISH_TIMEOUT"
      })
  void givenACommitWithoutAGoodAnswer_whenLoaded_thenTheRowsAreNotSentAgain(DorisFault fault)
      throws Exception {
    int before = doris.loads();
    doris.next(fault);

    streamLoad().load(reads(1));

    assertThat(doris.loads()).isEqualTo(before + 1);
  }

  static Stream<Arguments> yields() {
    return Stream.of(
        arguments(FRONTEND_ERROR, 20, "500"),
        arguments(FRONTEND_HANGS, 20, "has not answered"),
        arguments(REDIRECT_LOOP, 1, "too often"),
        arguments(REDIRECT_ELSEWHERE, 20, "isn't HTTP"),
        arguments(DEAD_BACKEND, 20, "can't be reached"),
        arguments(BACKEND_ERROR, 20, "503"),
        arguments(BACKEND_DIES_MIDWAY, 20, "127.0.0.1"),
        arguments(BACKEND_FAILS, 20, "MEM_LIMIT_EXCEEDED"),
        arguments(UNAUTHORIZED, 1, "pacs.warehouse.doris.user"),
        arguments(FORBIDDEN, 1, "403"),
        arguments(RUNNING_FOR_EVER, 1, "still loading"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("yields")
  void givenAFaultThatLasts_whenLoaded_thenItIsUnavailableInTimeAndTellsWhy(
      DorisFault fault, int times, String reason) throws Exception {
    Batch batch = reads(20);
    int before = doris.rows(LOG).size();
    IntStream.range(0, times).forEach(_ -> doris.next(fault));
    Instant begun = Instant.now();

    assertThatThrownBy(() -> hurriedLoad().load(batch))
        .isInstanceOf(WarehouseUnavailableException.class)
        .hasMessageContaining(reason)
        .hasMessageNotContaining("patient 4711")
        .hasMessageNotContaining(FakeDoris.PASSWORD);

    assertThat(Duration.between(begun, Instant.now())).isLessThan(SHORT_LOAD.plusSeconds(30));
    assertThat(doris.rows(LOG)).hasSize(before);
  }

  @Test
  void givenAnotherIsLoadingTheLabel_whenLoaded_thenItsEndIsWaitedFor() throws Exception {
    doris.next(RUNNING_THEN_FINISHED);

    assertThat(streamLoad().load(reads(1))).isEqualTo(Loaded.BEFORE);
  }

  @Test
  void givenAWrongPassword_whenLoaded_thenItIsNotTriedAgainAndAgain() {
    DorisProperties wrong = settings(List.of(doris.frontend()), "wrong", true);

    assertThatThrownBy(() -> streamLoad(wrong).load(reads(1)))
        .isInstanceOf(WarehouseUnavailableException.class)
        .hasMessageContaining("401");
  }

  @Test
  void givenADeadFrontend_whenLoadedOften_thenTheOtherOneServes() throws Exception {
    URI dead = URI.create("http://127.0.0.1:1");
    StreamLoad load =
        streamLoad(settings(List.of(dead, doris.frontend()), FakeDoris.PASSWORD, true));

    for (int i = 0; i < 4; i++) {
      assertThat(load.load(reads(1))).isEqualTo(Loaded.NEW);
    }
  }

  @Test
  void givenADeadFrontendToo_whenACommitHasNoGoodAnswer_thenTheLivingOneTellsHowItEnded()
      throws Exception {
    URI dead = URI.create("http://127.0.0.1:1");
    int before = doris.loads();
    doris.next(HALF_ANSWER);

    assertThat(
            streamLoad(settings(List.of(doris.otherFrontend(), dead), FakeDoris.PASSWORD, true))
                .load(reads(1)))
        .isEqualTo(Loaded.NEW);

    assertThat(doris.loads()).isEqualTo(before + 1);
  }

  @Test
  void givenNoGzipWanted_whenLoaded_thenRowsAreSentPlain() throws Exception {
    // Would fail if they came compressed.
    doris.next(NO_COMPRESSED_JSON);
    int before = doris.loads();

    streamLoad(settings(List.of(doris.frontend()), FakeDoris.PASSWORD, false)).load(reads(3));

    assertThat(doris.loads()).isEqualTo(before + 1);
  }

  @Test
  void givenRowsThatDoNotFit_whenLoaded_thenTheReasonIsToldWithoutWhatIsInThem() {
    assertThatThrownBy(() -> streamLoad().load(unfit()))
        .isInstanceOf(RowsRefusedException.class)
        .hasMessageContaining("dicom_image_meta")
        .hasMessageContaining("[study_uid]")
        .hasMessageContaining("too long")
        .hasMessageNotContaining("secret");
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(names = {"FOREIGN_ERROR_LOG", "NO_ERROR_LOG", "ENDLESS_ERROR_LOG"})
  void givenAnErrorLogThatIsOfNoUse_whenRowsDoNotFit_thenTheyAreRefusedAllTheSame(
      DorisFault fault) {
    doris.next(fault);

    assertThatThrownBy(() -> streamLoad().load(unfit()))
        .isInstanceOf(RowsRefusedException.class)
        .hasMessageEndingWith("too many filtered rows");
  }

  private static Batch unfit() {
    Row row = SampleRows.image("t", "secret".repeat(20), "1.2.3");
    return new Batch(row.table(), "test-" + UUID.randomUUID(), List.of(row));
  }

  private static Batch reads(int rows) {
    return new Batch(
        WarehouseTable.WADO_ACCESS_LOG,
        "test-" + UUID.randomUUID(),
        IntStream.range(0, rows).mapToObj(n -> SampleRows.access("t", "read" + n, n)).toList());
  }

  private StreamLoad streamLoad() {
    return streamLoad(
        settings(List.of(doris.frontend(), doris.otherFrontend()), FakeDoris.PASSWORD, true));
  }

  private StreamLoad hurriedLoad() {
    return streamLoad(
        settings(
            List.of(doris.frontend(), doris.otherFrontend()),
            FakeDoris.PASSWORD,
            true,
            SHORT_ANSWER,
            SHORT_LOAD));
  }

  private StreamLoad streamLoad(DorisProperties settings) {
    if (http != null) {
      http.close();
    }
    http = new DorisHttp(settings);
    return new StreamLoad(
        settings,
        http,
        new Frontends(settings.frontends(), settings.pause(), InstantSource.system()));
  }

  private static DorisProperties settings(List<URI> frontends, String password, boolean gzip) {
    return settings(frontends, password, gzip, ANSWER, LOAD);
  }

  private static DorisProperties settings(
      List<URI> frontends, String password, boolean gzip, Duration answer, Duration load) {
    return new DorisProperties(
        frontends,
        9030,
        FakeDoris.DATABASE,
        FakeDoris.USER,
        password,
        Duration.ofSeconds(1),
        answer,
        load,
        Duration.ofSeconds(1),
        1,
        Duration.ofSeconds(10),
        gzip);
  }
}
