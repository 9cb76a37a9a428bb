package org.regionalpacs.index;

import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Differences by keyword as they are kept: {@code {"PatientSex": {"index": "F", ...}}}. */
final class Differences {
  private static final JsonFactory JSON = new JsonFactory();
  private static final String INDEX = "index";
  private static final String RECEIVED = "received";

  private Differences() {}

  static String json(SortedMap<String, Difference> differences) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      differences.forEach((keyword, difference) -> {
        json.writeObjectPropertyStart(keyword);
        json.writeStringProperty(INDEX, difference.index());
        json.writeStringProperty(RECEIVED, difference.received());
        json.writeEndObject();
      });
      json.writeEndObject();
    }
    return text.toString();
  }

  static SortedMap<String, Difference> read(String text) {
    SortedMap<String, Difference> differences = new TreeMap<>();
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), text)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        String keyword = json.currentName();
        json.nextToken();
        Map<String, String> values = new LinkedHashMap<>();
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
          String name = json.currentName();
          json.nextToken();
          values.put(name, json.getString());
        }
        differences.put(
            keyword,
            new Difference(values.getOrDefault(INDEX, ""), values.getOrDefault(RECEIVED, "")));
      }
    }
    return differences;
  }
}
