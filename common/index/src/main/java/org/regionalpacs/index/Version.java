package org.regionalpacs.index;

import java.util.Comparator;
import java.util.UUID;

/** One version of an instance. */
record Version(ReceivedObject object, InstanceEntry instance) {

  /** In the order of reception: UUIDv7 are ordered by time when compared unsigned. */
  static final Comparator<UUID> RECEPTION_ORDER =
      ((Comparator<UUID>)
              (a, b) ->
                  Long.compareUnsigned(a.getMostSignificantBits(), b.getMostSignificantBits()))
          .thenComparing((a, b) ->
              Long.compareUnsigned(a.getLeastSignificantBits(), b.getLeastSignificantBits()));

  UUID receptionId() {
    return object.receptionId();
  }

  InstanceIdentity identity() {
    return object.identity();
  }
}
