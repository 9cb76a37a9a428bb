package org.regionalpacs.tracing;

import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.TraceId;
import io.opentelemetry.sdk.trace.IdGenerator;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ids of traces and spans. Trace and first span of an image have ids made of its reception id: its
 * 128 bits, and the lower half of them.
 */
final class TraceIds implements IdGenerator {
  /** The image whose first span is being made in this thread. */
  static final ScopedValue<UUID> RECEIVED = ScopedValue.newInstance();

  static String trace(UUID reception) {
    return TraceId.fromLongs(
        reception.getMostSignificantBits(), reception.getLeastSignificantBits());
  }

  static String first(UUID reception) {
    return SpanId.fromLong(reception.getLeastSignificantBits());
  }

  /**
   * Whether an image's trace can be named: a span's id is never 0 (W3C Trace Context 3.2.2.4), and
   * no UUIDv7 makes it so.
   */
  static boolean named(UUID reception) {
    return reception.getLeastSignificantBits() != 0;
  }

  /**
   * Where an image is among all, from 0 to below 1: at random, but the same for everybody. Of the
   * lower half of a UUIDv7 two bits are fixed, the others random (RFC 9562 5.7); 53 are enough.
   */
  static double share(UUID reception) {
    return (reception.getLeastSignificantBits() << 2 >>> 11) * 0x1p-53;
  }

  @Override
  public String generateTraceId() {
    return trace(RECEIVED.get());
  }

  @Override
  public String generateSpanId() {
    return RECEIVED.isBound() ? first(RECEIVED.get()) : random();
  }

  private static String random() {
    long id;
    do {
      id = ThreadLocalRandom.current().nextLong();
    } while (id == 0);
    return SpanId.fromLong(id);
  }
}
