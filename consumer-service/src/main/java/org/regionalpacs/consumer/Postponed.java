package org.regionalpacs.consumer;

import java.util.stream.Stream;
import org.regionalpacs.storage.BlobStoreFullException;
import org.regionalpacs.storage.BlobStoreUnreachableException;

/**
 * A record that can't be processed now, for a reason of its own: others can.
 *
 * @param record the record
 * @param cause why, for people
 * @param storeAway whether a blob store is away or full, or something else is {@linkplain
 *     AwaitedException awaited}: that is no fault of the record, however long it lasts
 */
public record Postponed(StorageRecord record, String cause, boolean storeAway) {

  /** Of a record that failed for a reason that may be its own. */
  public Postponed(StorageRecord record, String cause) {
    this(record, cause, false);
  }

  /** Of a record that failed so. */
  static Postponed of(StorageRecord record, Throwable failure) {
    boolean storeAway =
        Stream.iterate(failure, each -> each != null, Throwable::getCause)
            .anyMatch(each ->
                each instanceof BlobStoreUnreachableException
                    || each instanceof BlobStoreFullException
                    || each instanceof AwaitedException);
    return new Postponed(record, Causes.of(failure), storeAway);
  }
}
