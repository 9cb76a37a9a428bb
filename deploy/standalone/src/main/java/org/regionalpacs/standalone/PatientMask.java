package org.regionalpacs.standalone;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Hides who the patient is in a message. */
final class PatientMask {
  private static final String HIDDEN = "(hidden, see --full)";

  private PatientMask() {}

  /** Hides every member of the message that is about the patient, at any depth. */
  static void hide(JsonNode node) {
    if (node instanceof ObjectNode object) {
      for (String name : List.copyOf(object.propertyNames())) {
        if (name.contains("Patient")) {
          object.put(name, HIDDEN);
        } else {
          hide(object.get(name));
        }
      }
      return;
    }
    node.forEach(PatientMask::hide);
  }
}
