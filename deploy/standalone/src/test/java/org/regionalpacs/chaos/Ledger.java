package org.regionalpacs.chaos;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Every sending and its outcome. Safe for use by many threads. */
final class Ledger {

  /**
   * One sending.
   *
   * @param how by which way
   * @param detail what was answered, or how it broke
   */
  record Attempt(Instant time, String how, String digest, Outcome outcome, String detail) {}

  /** An instance and its sendings, in order. */
  record Entry(String study, String series, String sop, List<Attempt> attempts) {
    boolean has(Outcome outcome) {
      return attempts.stream().anyMatch(attempt -> attempt.outcome() == outcome);
    }

    /** Digests of what was answered with success, and not deleted since. */
    Set<String> accepted() {
      Set<String> accepted = new LinkedHashSet<>();
      for (Attempt attempt : attempts) {
        switch (attempt.outcome()) {
          case ACCEPTED -> accepted.add(attempt.digest());
          case DELETED, PERHAPS_DELETED -> accepted.clear();
          case REFUSED, UNKNOWN, CUT, UNSENT -> {}
        }
      }
      return accepted;
    }

    /** Digests of what may be there. */
    Set<String> possible() {
      Set<String> possible = new LinkedHashSet<>();
      for (Attempt attempt : attempts) {
        switch (attempt.outcome()) {
          case ACCEPTED, UNKNOWN -> possible.add(attempt.digest());
          case DELETED -> possible.clear();
          case REFUSED, PERHAPS_DELETED, CUT, UNSENT -> {}
        }
      }
      return possible;
    }

    /** What may be the current version: the last that was accepted, or unknown ones after it. */
    Set<String> current() {
      Set<String> current = new LinkedHashSet<>();
      for (Attempt attempt : attempts) {
        if (attempt.outcome() == Outcome.ACCEPTED) {
          current.clear();
          current.add(attempt.digest());
        } else if (attempt.outcome() == Outcome.UNKNOWN) {
          current.add(attempt.digest());
        }
      }
      return current;
    }

    @Override
    public String toString() {
      StringBuilder text = new StringBuilder(sop + " of series " + series + " of study " + study);
      attempts.forEach(attempt -> text.append("\n      ").append(attempt));
      return text.toString();
    }
  }

  private final Map<String, Entry> entries = new LinkedHashMap<>();

  synchronized void record(SentObject object, String how, Outcome outcome, String detail) {
    if (outcome == Outcome.UNSENT) {
      return;
    }
    entries
        .computeIfAbsent(
            object.sop(), sop -> new Entry(object.study(), object.series(), sop, new ArrayList<>()))
        .attempts()
        .add(new Attempt(Instant.now(), how, object.digest(), outcome, detail));
  }

  /** The instances, once nobody sends any more. */
  synchronized Map<String, Entry> entries() {
    return new LinkedHashMap<>(entries);
  }

  synchronized int instances() {
    return entries.size();
  }

  /** Sendings with that outcome. */
  synchronized long count(Outcome outcome) {
    return entries.values().stream()
        .flatMap(entry -> entry.attempts().stream())
        .filter(attempt -> attempt.outcome() == outcome)
        .count();
  }
}
