package org.regionalpacs.messages;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Time-ordered unique ids (UUIDv7, RFC 9562 5.7). Within one process they are strictly increasing,
 * also when the clock steps back.
 */
public final class ReceptionId {
  private static final SecureRandom RANDOM = new SecureRandom();

  /** Milliseconds in the upper 52 bits, a 12-bit counter below. */
  private static final AtomicLong LAST = new AtomicLong();

  private ReceptionId() {}

  /** A new id, larger than every one this process gave before. */
  public static UUID next() {
    long now = System.currentTimeMillis() << 12;
    long stamp = LAST.updateAndGet(last -> Math.max(last + 1, now));
    return id(stamp);
  }

  private static UUID id(long stamp) {
    long high = (stamp >>> 12) << 16 | 0x7000L | (stamp & 0xFFF);
    long low = RANDOM.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }

  /**
   * A new id that is larger than almost all others of that millisecond, and smaller than later
   * ones.
   */
  public static UUID lastOf(Instant time) {
    return id(time.toEpochMilli() << 12 | 0xFFF);
  }

  /** When the id was made, in milliseconds of the Unix epoch. */
  public static long timeMillis(UUID id) {
    return id.getMostSignificantBits() >>> 16;
  }
}
