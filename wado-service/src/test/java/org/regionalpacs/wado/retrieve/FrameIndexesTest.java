package org.regionalpacs.wado.retrieve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.index.OnlinePlaces;
import org.regionalpacs.index.SeriesVersions;
import org.regionalpacs.metadata.FrameIndex;
import org.regionalpacs.metadata.SeriesKey;
import org.regionalpacs.metadata.SeriesMetadataDocument;
import org.regionalpacs.metadata.SeriesMetadataService;
import org.regionalpacs.storage.OnlineFiles;
import org.regionalpacs.test.IntegrationTest;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;
import org.springframework.util.unit.DataSize;

/** How often the index of a series is loaded that many ask for. */
@IntegrationTest
@DirtiesContext
@TestPropertySource(
    properties = {"spring.config.name=application,wado", "management.server.port=0"})
class FrameIndexesTest {
  private static final String TENANT = "turns";
  private static final Duration SOON = Duration.ofSeconds(60);

  /** Longer than a series rests whose index took no time. */
  private static final Duration REST = Duration.ofMillis(700);

  /** Of an index without instances. */
  private static final DataSize ONE = DataSize.ofBytes(1_000);

  @TempDir static Path folder;

  @Autowired SeriesVersions versions;
  @Autowired OnlinePlaces places;
  @Autowired OnlineFiles online;
  @Autowired JdbcClient jdbc;

  private final Loads loads = new Loads();
  private final String study = UID.generate();

  @DynamicPropertySource
  static void folders(DynamicPropertyRegistry registry) {
    for (String each : List.of("online", "archive", "derived")) {
      registry.add("pacs." + each + ".root", () -> folder.resolve(each).toString());
    }
  }

  @AfterEach
  void remove() {
    loads.go.countDown();
    jdbc.sql("delete from series where tenant = ?").param(TENANT).update();
  }

  @Test
  void givenASeriesThatManyAskFor_thenOneLoadsItsIndexAndTheOthersDoNot() throws Exception {
    try (FrameIndexes indexes = indexes(DataSize.ofMegabytes(1))) {
      SeriesKey series = series("1");
      loads.held = true;

      long start = System.nanoTime();
      // One whose loading lasts is given to another after half a second.
      for (int i = 0; i < 100 && System.nanoTime() - start < REST.toNanos() / 2; i++) {
        warm(indexes, series);
      }
      assertThat(loads.begun.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(indexes.holds(TENANT, study, "1")).isFalse();
      loads.go.countDown();

      await().atMost(SOON).until(() -> indexes.holds(TENANT, study, "1"));
      pass(REST);
      warm(indexes, series);
      assertThat(loads.after(indexes, series("2"))).as("it is here").containsEntry("1", 1);
    }
  }

  @Test
  void givenASeriesThatChangesAllTheTime_whenAskedForAgainAndAgain_thenItRestsBetweenTwoLoads() {
    try (FrameIndexes indexes = indexes(DataSize.ofMegabytes(1))) {
      SeriesKey series = series("1");
      warm(indexes, series);
      await().atMost(SOON).until(() -> indexes.holds(TENANT, study, "1"));
      assertThat(indexes.present(series)).isPresent();

      jdbc.sql("update series set change_number = change_number + 1 where tenant = ?")
          .param(TENANT)
          .update();

      assertThat(indexes.present(series)).as("of before").isEmpty();
      await()
          .atMost(SOON)
          .until(() -> {
            // A rest depends on how long loading took: on a busy machine it is long.
            warm(indexes, series);
            return indexes.present(series).isPresent();
          });
      assertThat(loads.after(indexes, series("2")).get("1")).isBetween(2, 4);
    }
  }

  @Test
  void givenAnIndexThatThereIsNoRoomFor_whenAskedForLater_thenItIsNotLoadedAgain() {
    try (FrameIndexes indexes = indexes(DataSize.ofBytes(ONE.toBytes() - 1))) {
      SeriesKey large = series("1");
      warm(indexes, large);
      await().atMost(SOON).until(() -> loads.of("1") == 1);

      pass(REST);
      warm(indexes, large);

      assertThat(loads.after(indexes, series("2"))).containsEntry("1", 1);
      assertThat(indexes.holds(TENANT, study, "1")).isFalse();
    }
  }

  @Test
  void givenAnIndexThatCanNotBeLoaded_whenAskedForAgain_thenItRestsAndIsTriedAgain() {
    try (FrameIndexes indexes = indexes(DataSize.ofMegabytes(1))) {
      SeriesKey series = series("1");
      loads.failing = true;
      warm(indexes, series);
      await().atMost(SOON).until(() -> loads.of("1") == 1);
      loads.failing = false;

      await()
          .atMost(SOON)
          .until(() -> {
            warm(indexes, series);
            return indexes.holds(TENANT, study, "1");
          });

      assertThat(loads.of("1")).isBetween(2, 4);
    }
  }

  @Test
  void givenNoRoomForAny_whenAskedFor_thenNoneIsLoaded() {
    try (FrameIndexes none = indexes(DataSize.ofBytes(0));
        FrameIndexes some = indexes(DataSize.ofMegabytes(1))) {
      warm(none, series("1"));

      assertThat(loads.after(some, series("2"))).doesNotContainKey("1");
    }
  }

  private FrameIndexes indexes(DataSize room) {
    return new FrameIndexes(
        loads, versions, places, online, new RetrieveProperties(10, room, CodingChoice.AUTO));
  }

  private static void warm(FrameIndexes indexes, SeriesKey series) {
    indexes.warm(series.tenant(), series.study(), series.series());
  }

  private static void pass(Duration time) {
    await().pollDelay(time).atMost(SOON).until(() -> true);
  }

  private SeriesKey series(String uid) {
    jdbc.sql(
            """
            insert into series (tenant, study_uid, series_uid, modality, series_date, series_time,
              description, attributes, reception_id)
            values (?, ?, ?, 'CT', '', '', '', '{}', gen_random_uuid())
            """)
        .params(TENANT, study, uid)
        .update();
    return new SeriesKey(TENANT, study, uid);
  }

  /** Gives indexes without instances, and counts them by series. */
  private final class Loads implements SeriesMetadataService {
    private final Map<String, Integer> bySeries = new ConcurrentHashMap<>();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);
    private volatile boolean held;
    private volatile boolean failing;

    int of(String series) {
      return bySeries.getOrDefault(series, 0);
    }

    /** When what was to be loaded before this series has begun: one waits behind the other. */
    Map<String, Integer> after(FrameIndexes indexes, SeriesKey series) {
      warm(indexes, series);
      await().atMost(SOON).until(() -> of(series.series()) == 1);
      return bySeries;
    }

    @Override
    public Optional<FrameIndex> frames(SeriesKey series) throws IOException {
      // Before it is counted: who sees the count may change what comes next.
      boolean fails = failing;
      bySeries.merge(series.series(), 1, Integer::sum);
      begun.countDown();
      if (held) {
        await().atMost(SOON).until(() -> go.getCount() == 0);
      }
      if (fails) {
        throw new IOException("away");
      }
      return versions
          .now(series.tenant(), series.study(), series.series())
          .map(now -> new FrameIndex(now.changeNumber(), List.of()));
    }

    @Override
    public Optional<SeriesMetadataDocument> open(
        String tenant, String study, String series, String baseUrl) {
      return Optional.empty();
    }

    @Override
    public List<SeriesMetadataDocument> openAll(String tenant, String study, String baseUrl) {
      return List.of();
    }

    @Override
    public Generated generate(SeriesKey series) {
      return Generated.UP_TO_DATE;
    }
  }
}
