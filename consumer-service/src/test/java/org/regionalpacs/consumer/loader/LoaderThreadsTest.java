package org.regionalpacs.consumer.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.junit.jupiter.api.Test;
import org.regionalpacs.messages.LogRecord;
import org.regionalpacs.warehouse.Batch;
import org.regionalpacs.warehouse.RowsRefusedException;
import org.regionalpacs.warehouse.Warehouse;
import org.regionalpacs.warehouse.WarehouseQuery;
import org.regionalpacs.warehouse.WarehouseUnavailableException;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.util.unit.DataSize;

/** What goes wrong in the loader itself. */
class LoaderThreadsTest extends OneTopic {
  @Autowired Warehouse postgres;

  @Override
  Warehouse warehouse() {
    return postgres;
  }

  @Override
  List<String> loaded(String table) {
    return PostgresLoaderTest.loaded(postgres, table, tenant);
  }

  /** Its first consumers can't be had. */
  private final class FailingFactory extends DefaultKafkaConsumerFactory<String, byte[]> {
    private final AtomicInteger asked = new AtomicInteger();
    private final int failures;
    private final Throwable failure;

    FailingFactory(int failures, Throwable failure) {
      super(consumers.getConfigurationProperties());
      this.failures = failures;
      this.failure = failure;
    }

    @Override
    public Consumer<String, byte[]> createConsumer(
        String group, String prefix, String suffix, Properties own) {
      if (asked.incrementAndGet() > failures) {
        return super.createConsumer(group, prefix, suffix, own);
      }
      switch (failure) {
        case RuntimeException e -> throw e;
        case Error e -> throw e;
        default -> throw new IllegalStateException(failure);
      }
    }
  }

  @Test
  void givenAConsumerThatFails_whenItHasPaused_thenItBeginsAgainAndAllIsLoaded() {
    List<LogRecord> requests = requests(2);
    send(requests);
    ConsumerFactory<String, byte[]> failing =
        new FailingFactory(3, new IllegalStateException("for a test"));

    Loader loader = start(byRows(2), watched(), failing);

    awaitLoaded(requests);
    assertThat(loader.complete()).isTrue();
  }

  @Test
  void givenAnErrorThatEndsAThread_whenHealthIsAsked_thenItIsDownUntilTheLoaderStops() {
    Loader loader =
        start(byRows(2), watched(), new FailingFactory(1, new StackOverflowError("for a test")));
    LoaderHealthIndicator health = new LoaderHealthIndicator(loader, trouble);

    await().atMost(PATIENCE).until(() -> health.health().getStatus().getCode().equals("DOWN"));
    assertThat(health.health().getDetails())
        .containsEntry("reason", "a thread of the loader has ended");
    loader.stop();
    assertThat(health.health().getDetails()).containsEntry("running", false);
  }

  @Test
  void givenALoadThatFailsInAWayNobodyKnows_whenTriedAgain_thenItIsLoadedAndNotLost() {
    AtomicInteger failures = new AtomicInteger();
    WatchedWarehouse watched = watched();
    Warehouse odd =
        new Warehouse() {
          @Override
          public String name() {
            return watched.name();
          }

          @Override
          public Loaded load(Batch batch)
              throws RowsRefusedException, WarehouseUnavailableException {
            if (failures.incrementAndGet() < 3) {
              throw new IllegalStateException("for a test");
            }
            return watched.load(batch);
          }

          @Override
          public <T> List<T> query(WarehouseQuery query, Function<List<Object>, T> row) {
            throw new UnsupportedOperationException();
          }
        };
    List<LogRecord> requests = requests(2);
    send(requests);

    start(byRows(2), odd);

    awaitLoaded(requests);
    awaitCommitted(2);
    await().until(() -> trouble.reason().isEmpty());
  }

  @Test
  void givenMoreThanMemoryMayHold_whenRead_thenAllPartitionsAreLoadedAllTheSame() throws Exception {
    makeTopic(6);
    List<LogRecord> all = new ArrayList<>();
    for (int partition = 0; partition < 6; partition++) {
      List<LogRecord> some = requests(30);
      sendTo(partition, some);
      all.addAll(some);
    }
    WatchedWarehouse warehouse = watched();

    // Ten records are more bytes than that, and one load at a time: three batches may be held.
    start(
        new LoaderProperties(true, 1, 1000, DataSize.ofKilobytes(3), NEVER, 1, Duration.ZERO),
        warehouse);

    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(loaded()).hasSizeGreaterThanOrEqualTo(6 * 20));
    // Loading goes on meanwhile.
    assertThat(loaded()).doesNotHaveDuplicates();
  }
}
