package org.regionalpacs.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.index.LocationWriter.PlacedObject;
import org.regionalpacs.test.IntegrationTest;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What is where, counted from the places of objects. */
@IntegrationTest
class StorageCountingTest {
  private static final String NODE = "node-1";
  private static final Duration NONE = Duration.ZERO;
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Autowired IndexWriter writer;
  @Autowired LocationWriter locations;
  @Autowired DeletionWriter deletions;
  @Autowired Renditions renditions;
  @Autowired StorageTiers tiers;
  @Autowired JdbcTemplate template;
  @Autowired JdbcClient jdbc;
  @Autowired DataSource database;
  @Autowired PlatformTransactionManager transactions;

  private final String tenant = "t" + UUID.randomUUID();
  private final String uid = UID.generate();
  private IndexedInstance one;
  private IndexedInstance other;

  @BeforeEach
  void store() {
    one = Sample.of(uid).tenant(tenant).digest(1).build();
    other = Sample.of(uid).tenant(tenant).digest(2).build();
    writer.index(List.of(one, other));
    place(one, new ObjectLocation("online", NODE, "1.dcm", 0, 1000));
    place(other, new ObjectLocation("online", "node-2", "2.dcm", 0, 500));
    jdbc.sql("update storage_count set due = now(), holder = null").update();
  }

  @Test
  void givenObjectsOnTwoNodes_whenCounted_thenEachNodeHasItsOwnAndTheTimeIsTold() {
    Instant before = now();

    counting(NONE, 0).turn();

    StorageTiers.Counted counted = tiers.of(tenant);
    assertThat(counted.tiers())
        .containsExactly(
            new StorageTier("online", NODE, "available", 1, 1000),
            new StorageTier("online", "node-2", "available", 1, 500));
    assertThat(counted.asOf().orElseThrow()).isBetween(before, now());
  }

  @Test
  void givenTheyAreArchivedAndOneIsEvicted_whenCounted_thenEachTierHasItsOwn() {
    place(one, new ObjectLocation("local", "", "a", 7, 990));
    place(other, new ObjectLocation("local", "", "b", 7, 490));
    StudyIdentity study = new StudyIdentity(tenant, uid);
    new Evictions(template, new TransactionTemplate(transactions), NODE)
        .evict(study, new NodeObjects(template).ofSeries(study, uid + ".1", NODE));
    jdbc.sql(
            """
            insert into series_metadata (tenant, study_uid, series_uid, change_number, blob_id,
                   size, frames_size, base_url)
            values (?, ?, ?, 1, 'm', 70, 7, '')
            """)
        .params(tenant, uid, uid + ".1")
        .update();

    renditions.end(
        one.object().key(),
        new Rendition(
            UUID.randomUUID(),
            RenditionKind.PREVIEW,
            "",
            UID.generate(),
            UID.JPEG2000,
            "00",
            23,
            0,
            List.of(new ObjectLocation("local", "", "c", 0, 23))),
        Optional.empty(),
        false);

    counting(NONE, 0).turn();

    assertThat(tiers.of(tenant).tiers())
        .containsExactly(
            new StorageTier("derived", "", "available", 2, 100),
            new StorageTier("local", "", "available", 2, 1480),
            new StorageTier("online", NODE, "evicted", 1, 1000),
            new StorageTier("online", "node-2", "available", 1, 500));
  }

  @Test
  void givenPartitionsTooLargeForOneStatement_whenCounted_thenTheirSumsAreTheSame() {
    for (int i = 0; i < 40; i++) {
      place(Sample.of(uid).tenant(tenant).build(), new ObjectLocation("local", "", "b" + i, 0, 3));
    }

    new StorageCounting(
            database,
            new TransactionTemplate(transactions),
            new StorageCounting.Terms(NONE, 0, MINUTE),
            1)
        .turn()
        .orElseThrow();

    assertThat(tiers.of(tenant).tiers())
        .containsExactly(
            new StorageTier("local", "", "available", 40, 120),
            new StorageTier("online", NODE, "available", 1, 1000),
            new StorageTier("online", "node-2", "available", 1, 500));
  }

  @Test
  void givenTheyAreDeleted_whenCountedAgain_thenTheTenantHasNothingAndTheTimeIsNew() {
    counting(NONE, 0).turn();
    assertThat(tiers.of(tenant).tiers()).hasSize(2);
    Instant before = tiers.of(tenant).asOf().orElseThrow();
    deletions.delete(DeletionTarget.study(tenant, uid), Duration.ZERO);

    counting(NONE, 0).turn();

    assertThat(tiers.of(tenant).tiers()).isEmpty();
    assertThat(tiers.of(tenant).asOf().orElseThrow()).isAfter(before);
    assertThat(rows()).isZero();
  }

  @Test
  void givenAnotherTenant_whenAsked_thenItSeesNothingOfThis() {
    counting(NONE, 0).turn();

    assertThat(tiers.of(tenant + "b").tiers()).isEmpty();
    assertThat(tiers.of(tenant + "b").asOf()).isPresent();
  }

  @Test
  void givenAPass_whenTheNextIsTried_thenItRestsSoManyTimesAsLongAndTheMinimumAtLeast() {
    Duration took = counting(Duration.ofMillis(1), 100_000).turn().orElseThrow();
    assertThat(secondsToNext()).isBetween(took.toSeconds() * 100_000 - 60.0, 1e9).isGreaterThan(60);
    assertThat(counting(NONE, 0).turn()).as("not due").isEmpty();
    jdbc.sql("update storage_count set due = now()").update();

    counting(MINUTE, 0).turn();

    assertThat(secondsToNext()).isBetween(50.0, 60.0);
  }

  @Test
  void givenAnotherIsCounting_whenTried_thenOnlyOneDoes() throws Exception {
    CompletableFuture<Optional<Duration>> first =
        new TransactionTemplate(transactions)
            .execute(_ -> {
              jdbc.sql("lock table location in access exclusive mode").update();
              var waiting = CompletableFuture.supplyAsync(() -> counting(MINUTE, 0).turn());
              await().until(() -> held() && waits());

              assertThat(counting(NONE, 0).turn()).isEmpty();
              return waiting;
            });

    assertThat(first.get(30, TimeUnit.SECONDS)).isPresent();
    assertThat(held()).isFalse();
  }

  @Test
  void givenAnotherTookItsPlace_whenItGoesOn_thenItWritesNothing() throws Exception {
    CompletableFuture<Optional<Duration>> slow =
        new TransactionTemplate(transactions)
            .execute(_ -> {
              jdbc.sql("lock table location in access exclusive mode").update();
              var waiting = CompletableFuture.supplyAsync(() -> counting(NONE, 0).turn());
              await().until(() -> held() && waits());
              jdbc.sql("update storage_count set holder = gen_random_uuid()").update();
              return waiting;
            });

    assertThat(slow.get(30, TimeUnit.SECONDS)).isEmpty();
    assertThat(rows()).isZero();
  }

  @Test
  void givenAStatementThatTakesTooLong_whenCounting_thenItFailsAndIsTriedAfterAPause()
      throws Exception {
    CompletableFuture<Throwable> failure =
        new TransactionTemplate(transactions)
            .execute(_ -> {
              jdbc.sql("lock table location in access exclusive mode").update();
              StorageCounting counting = counting(MINUTE, 0, Duration.ofSeconds(1));
              var failing =
                  CompletableFuture.supplyAsync(counting::turn)
                      .handle((_, thrown) -> thrown.getCause());
              await().until(failing::isDone);
              return failing;
            });

    assertThatThrownBy(
            () -> {
              throw failure.get(30, TimeUnit.SECONDS);
            })
        .isInstanceOf(DataAccessException.class);
    assertThat(held()).isFalse();
    assertThat(secondsToNext()).isBetween(50.0, 60.0);
  }

  private StorageCounting counting(Duration pause, int factor) {
    return counting(pause, factor, MINUTE);
  }

  private StorageCounting counting(Duration pause, int factor, Duration statement) {
    return new StorageCounting(
        database,
        new TransactionTemplate(transactions),
        new StorageCounting.Terms(pause, factor, statement));
  }

  private boolean held() {
    return jdbc.sql("select holder is not null from storage_count").query(Boolean.class).single();
  }

  private boolean waits() {
    return jdbc.sql("select count(*) from pg_locks where not granted").query(Integer.class).single()
        > 0;
  }

  private double secondsToNext() {
    return jdbc.sql("select extract(epoch from due - now()) from storage_count")
        .query(Double.class)
        .single();
  }

  private long rows() {
    return jdbc.sql("select count(*) from storage_tier where tenant = ?")
        .param(tenant)
        .query(Long.class)
        .single();
  }

  private Instant now() {
    return jdbc.sql("select now()").query((row, _) -> row.getTimestamp(1).toInstant()).single();
  }

  private void place(IndexedInstance instance, ObjectLocation location) {
    locations.upsert(List.of(new PlacedObject(instance.object().key(), location)));
  }
}
