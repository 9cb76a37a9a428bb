package org.regionalpacs.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.consumer.ParkedRecords.ParkingFullException;
import org.regionalpacs.messages.StorageMessage;
import org.regionalpacs.messages.Topics;
import org.regionalpacs.storage.BlobStoreFullException;
import org.regionalpacs.storage.BlobStoreUnreachableException;
import org.regionalpacs.test.SampleObjects;
import org.regionalpacs.warehouse.WarehouseUnavailableException;

/** What is said to be the cause when a batch comes again. */
class FailureMetricsTest {
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final FailureMetrics metrics = new FailureMetrics(meters);

  @TempDir Path online;

  @Test
  void givenMoreRecordsThanMayWaitForAStore_whenTheBatchComesAgain_thenTheArchiveIsTheCause() {
    IOException away = new BlobStoreUnreachableException("fastdfs", "no tracker answers");

    metrics.retry("archiver", full(new IOException("no copy", away)));
    metrics.retry("archiver", full(new BlobStoreFullException("fastdfs", "no space")));

    assertThat(retries("archiver", "archive")).isEqualTo(2);
  }

  @Test
  void givenMoreRecordsThanMayWaitForSomethingElse_whenTheBatchComesAgain_thenItIsNotTheArchive() {
    metrics.retry("converter", full(new AwaitedException("install it", new IOException("none"))));
    metrics.retry("converter", full(new IOException("its node is away")));

    assertThat(retries("converter", "other")).isEqualTo(2);
    assertThat(retries("converter", "archive")).isZero();
  }

  @Test
  void givenTheWarehouseIsAway_whenALoadComesAgain_thenItIsTheCause() {
    assertThat(retries("loader", "warehouse")).isZero();

    metrics.retry("loader", new WarehouseUnavailableException("away"));

    assertThat(retries("loader", "warehouse")).isEqualTo(1);
  }

  private ParkingFullException full(IOException failure) {
    StorageMessage message = new AcceptedObjects(online).accept(SampleObjects.newStudy().image(1));
    ConsumerRecord<String, byte[]> record =
        new ConsumerRecord<>(Topics.STORAGE, 0, 0, message.study(), new byte[0]);
    return new ParkingFullException(Postponed.of(new StorageRecord(record, message), failure));
  }

  private double retries(String group, String cause) {
    return meters.get("pacs.step.retries").tags("group", group, "cause", cause).counter().count();
  }
}
