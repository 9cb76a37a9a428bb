package org.regionalpacs.consumer;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.kafka.KafkaException;
import org.springframework.transaction.TransactionException;

/**
 * Tells failures that stop everything (database or Kafka away) from those of one record. In an
 * outage waiting is right; for one record it would hold up all that come behind it.
 */
public final class Outage {
  private Outage() {}

  /** Whether it stops everything. */
  public static boolean is(Throwable failure) {
    return switch (failure) {
      case DataIntegrityViolationException _ -> false;
      case DataAccessException _, TransactionException _ -> true;
      case KafkaException _, org.apache.kafka.common.KafkaException _ -> true;
      case InterruptedException _ -> true;
      default -> false;
    };
  }
}
