package org.regionalpacs.test.doris;

import java.util.HashMap;
import java.util.Map;

/** The labels of loads, each with the state that {@code get_load_state} tells. */
final class LoadLabels {
  private final Map<String, String> states = new HashMap<>();
  private final Map<String, Runnable> later = new HashMap<>();

  /**
   * Begins a load.
   *
   * @return empty when the label is this load's now, else how the load that has it stands: {@code
   *     RUNNING} or {@code FINISHED}
   */
  synchronized String begin(String label) {
    switch (state(label)) {
      case "PREPARE" -> {
        return "RUNNING";
      }
      case "COMMITTED", "VISIBLE" -> {
        return "FINISHED";
      }
      default -> {
        states.put(label, "PREPARE");
        return "";
      }
    }
  }

  synchronized void end(String label, String state) {
    states.put(label, state);
  }

  /** What another does when it has been asked once how its load stands. */
  synchronized void whenAsked(String label, Runnable end) {
    later.put(label, end);
  }

  synchronized String asked(String label) {
    String state = state(label);
    Runnable end = later.remove(label);
    if (end != null) {
      end.run();
    }
    return state;
  }

  synchronized String state(String label) {
    return states.getOrDefault(label, "UNKNOWN");
  }
}
