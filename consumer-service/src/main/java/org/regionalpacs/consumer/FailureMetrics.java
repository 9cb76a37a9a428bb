package org.regionalpacs.consumer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.stream.Stream;
import org.regionalpacs.consumer.ParkedRecords.ParkingFullException;
import org.regionalpacs.messages.ConsumerLag;
import org.regionalpacs.storage.BlobStoreFullException;
import org.regionalpacs.storage.BlobStoreUnreachableException;
import org.regionalpacs.warehouse.WarehouseUnavailableException;
import org.springframework.dao.DataAccessException;
import org.springframework.kafka.KafkaException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * What went wrong, by consumer group: {@code pacs.dead.letters}, and {@code pacs.step.retries} by
 * cause (database, kafka, archive, warehouse, other), deliveries and loads that come again. All are
 * there from the start: who watches how they grow misses the first one of a counter that begins
 * with it.
 */
@Component
public class FailureMetrics {
  /** The consumer groups of this service. */
  static final List<String> GROUPS = ConsumerLag.GROUPS;

  private static final List<String> CAUSES =
      List.of("database", "kafka", "archive", "warehouse", "other");

  private final MeterRegistry meters;

  FailureMetrics(MeterRegistry meters) {
    this.meters = meters;
    for (String group : GROUPS) {
      deadLetters(group);
      CAUSES.forEach(cause -> retries(group, cause));
    }
  }

  void deadLetters(String group, int count) {
    deadLetters(group).increment(count);
  }

  private Counter deadLetters(String group) {
    return Counter.builder("pacs.dead.letters")
        .description("Records that can't be processed and were put aside, see ./pacs dlt")
        .tag("group", group)
        .register(meters);
  }

  /** A delivery, or a load, failed and comes again. */
  public void retry(String group, Throwable failure) {
    retries(group, cause(failure)).increment();
  }

  private Counter retries(String group, String cause) {
    return Counter.builder("pacs.step.retries")
        .description("Deliveries and loads that could not be done and come again")
        .tags("group", group, "cause", cause)
        .register(meters);
  }

  private static String cause(Throwable failure) {
    return Stream.iterate(failure, each -> each != null, Throwable::getCause)
        .map(FailureMetrics::known)
        .filter(cause -> !cause.equals("other"))
        .findFirst()
        .orElse("other");
  }

  private static String known(Throwable failure) {
    return switch (failure) {
      case DataAccessException _, TransactionException _ -> "database";
      case KafkaException _, org.apache.kafka.common.KafkaException _ -> "kafka";
      case BlobStoreUnreachableException _, BlobStoreFullException _ -> "archive";
      case ParkingFullException full when full.fault() == Postponed.Fault.STORE -> "archive";
      case WarehouseUnavailableException _ -> "warehouse";
      default -> "other";
    };
  }
}
