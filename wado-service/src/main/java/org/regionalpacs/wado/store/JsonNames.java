package org.regionalpacs.wado.store;

import java.io.InputStream;
import java.util.Optional;
import org.regionalpacs.wado.store.StoreOutcome.Reference;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * What an object calls itself in JSON that is no data set, so that its sender knows which it is.
 */
final class JsonNames {
  private static final int LONGEST = 256;
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(1 << 20).maxNameLength(64).build())
          .build();

  private String sopClass = "";
  private String sopInstance = "";

  private JsonNames() {}

  /** The names that stand before whatever is wrong. */
  static Optional<Reference> find(InputStream object) {
    JsonNames names = new JsonNames();
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), object)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        String tag = json.currentName();
        json.nextToken();
        switch (tag) {
          case "00080016" -> names.sopClass = value(json);
          case "00080018" -> names.sopInstance = value(json);
          default -> json.skipChildren();
        }
      }
    } catch (JacksonException _) {
      // Here it isn't JSON any more.
    }
    return Reference.of(names.sopClass, names.sopInstance);
  }

  /** The first text in the element's Value. */
  private static String value(JsonParser json) {
    String found = "";
    int depth = 0;
    boolean member = false;
    for (JsonToken token = json.currentToken(); token != null; token = json.nextToken()) {
      switch (token) {
        case START_OBJECT, START_ARRAY -> depth++;
        case END_OBJECT, END_ARRAY -> depth--;
        case PROPERTY_NAME -> member = json.currentName().equals("Value");
        case VALUE_STRING -> {
          if (member && found.isEmpty() && json.getString().length() <= LONGEST) {
            found = json.getString();
          }
        }
        default -> {
          // Neither a bracket nor a text.
        }
      }
      if (depth == 0) {
        return found;
      }
    }
    return found;
  }
}
