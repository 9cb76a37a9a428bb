package org.regionalpacs.intake;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.regionalpacs.messages.ReceptionId;

/**
 * When an object was given to the PACS, and the id it has from that.
 *
 * @param id reception id
 * @param past when it was, if not now
 */
record Occasion(UUID id, Optional<Instant> past) {
  /** A sender gives it now. */
  static Occasion now() {
    return new Occasion(ReceptionId.next(), Optional.empty());
  }

  /**
   * It was given before, when the file that held it was about to be deleted. It takes its place
   * among versions and deletions by that time: whatever was stored or deleted since then is later.
   */
  static Occasion past(Instant time) {
    return new Occasion(ReceptionId.lastOf(time), Optional.of(time));
  }

  /** The time of it, in milliseconds. */
  Instant time() {
    return past.orElseGet(Instant::now).truncatedTo(ChronoUnit.MILLIS);
  }
}
