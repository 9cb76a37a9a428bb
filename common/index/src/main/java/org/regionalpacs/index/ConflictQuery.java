package org.regionalpacs.index;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Which conflicts to list.
 *
 * @param tenant the hospital
 * @param kind only these
 * @param study only those of this Study Instance UID
 * @param since only those seen then or later
 * @param after where the page before this one ended
 * @param limit most of them
 */
public record ConflictQuery(
    String tenant,
    Optional<ConflictKind> kind,
    Optional<String> study,
    Optional<Instant> since,
    Optional<Position> after,
    int limit) {

  /** Place of a conflict in the list. */
  public record Position(Instant lastSeen, UUID id) {}

  /** All of a tenant's. */
  public static ConflictQuery of(String tenant, int limit) {
    return new ConflictQuery(
        tenant, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), limit);
  }
}
