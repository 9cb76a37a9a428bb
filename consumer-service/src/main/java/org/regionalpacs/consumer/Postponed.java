package org.regionalpacs.consumer;

import java.util.Optional;
import java.util.stream.Stream;
import org.regionalpacs.storage.BlobStoreFullException;
import org.regionalpacs.storage.BlobStoreUnreachableException;

/**
 * A record that can't be processed now, for a reason of its own: others can.
 *
 * @param record the record
 * @param cause why, for people
 * @param fault whose fault that is
 */
public record Postponed(StorageRecord record, String cause, Fault fault) {

  /** Whose fault it is that a record can't be processed. */
  public enum Fault {
    /** Perhaps its own. */
    OWN,
    /** A blob store's, which is away or full. */
    STORE,
    /** This host's, where something is {@linkplain AwaitedException awaited}. */
    HOST
  }

  /** Of a record that failed for a reason that may be its own. */
  public Postponed(StorageRecord record, String cause) {
    this(record, cause, Fault.OWN);
  }

  /** Of a record that failed so. */
  static Postponed of(StorageRecord record, Throwable failure) {
    Fault fault =
        Stream.iterate(failure, each -> each != null, Throwable::getCause)
            .flatMap(each -> known(each).stream())
            .findFirst()
            .orElse(Fault.OWN);
    return new Postponed(record, Causes.of(failure), fault);
  }

  private static Optional<Fault> known(Throwable failure) {
    return switch (failure) {
      case BlobStoreUnreachableException _, BlobStoreFullException _ -> Optional.of(Fault.STORE);
      case AwaitedException _ -> Optional.of(Fault.HOST);
      default -> Optional.empty();
    };
  }

  /**
   * Whether a store is away or full, or something else is awaited: that is no fault of the record,
   * however long it lasts.
   */
  public boolean storeAway() {
    return fault != Fault.OWN;
  }
}
