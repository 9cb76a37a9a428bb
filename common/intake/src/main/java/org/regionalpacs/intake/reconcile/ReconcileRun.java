package org.regionalpacs.intake.reconcile;

import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;

/** A run as far as it is: of one thread. */
final class ReconcileRun {
  /** What a run does first, and then. */
  enum Phase {
    COMPARE,
    VERIFY
  }

  /**
   * A study, by its place in the order of tenants and studies.
   *
   * @param tenant empty before the first
   */
  record Position(String tenant, String study) {
    static final Position START = new Position("", "");
  }

  final UUID id;
  Phase phase = Phase.COMPARE;
  Position position = Position.START;
  Position verified = Position.START;
  long files;
  long bytesRead;
  long announced;
  private final Map<FindingKind, Long> findings = new EnumMap<>(FindingKind.class);

  ReconcileRun(UUID id) {
    this.id = id;
  }

  /** Counts a finding. */
  void count(FindingKind kind, long more) {
    findings.merge(kind, more, Long::sum);
  }

  /** How many findings of each kind there are; none of a kind isn't there. */
  Map<FindingKind, Long> findings() {
    return findings;
  }

  /** All findings. */
  long found() {
    return findings.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Findings of bytes that are no longer there. */
  long losses() {
    return findings.entrySet().stream()
        .filter(each -> each.getKey().loss())
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}
