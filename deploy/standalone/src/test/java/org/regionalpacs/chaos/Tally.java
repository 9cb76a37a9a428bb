package org.regionalpacs.chaos;

import java.util.EnumMap;
import java.util.Map;

/** How many instances got how far, by what their senders were told. */
final class Tally {
  /** The best answer that the sender of an instance ever got. */
  enum Fate {
    ACCEPTED,
    UNKNOWN,
    REFUSED,
    CUT,
    DELETED
  }

  private enum Stage {
    SENT,
    STORED,
    INDEXED,
    IN_QIDO,
    BY_WADO,
    ARCHIVED
  }

  private final Map<Fate, Map<Stage, Integer>> counts = new EnumMap<>(Fate.class);

  void sent(Fate fate) {
    count(fate, Stage.SENT);
  }

  void stored(Fate fate) {
    count(fate, Stage.STORED);
  }

  void indexed(Fate fate) {
    count(fate, Stage.INDEXED);
  }

  void found(Fate fate) {
    count(fate, Stage.IN_QIDO);
  }

  void retrieved(Fate fate) {
    count(fate, Stage.BY_WADO);
  }

  void archived(Fate fate) {
    count(fate, Stage.ARCHIVED);
  }

  private void count(Fate fate, Stage stage) {
    counts.computeIfAbsent(fate, _ -> new EnumMap<>(Stage.class)).merge(stage, 1, Integer::sum);
  }

  @Override
  public String toString() {
    StringBuilder table = new StringBuilder("%-10s".formatted("instances"));
    for (Stage stage : Stage.values()) {
      table.append("%10s".formatted(stage.name().toLowerCase().replace('_', ' ')));
    }
    for (Fate fate : Fate.values()) {
      table.append("\n%-10s".formatted(fate.name().toLowerCase()));
      for (Stage stage : Stage.values()) {
        table.append("%,10d".formatted(counts.getOrDefault(fate, Map.of()).getOrDefault(stage, 0)));
      }
    }
    return table.toString();
  }
}
