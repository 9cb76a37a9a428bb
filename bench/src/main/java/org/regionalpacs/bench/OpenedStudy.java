package org.regionalpacs.bench;

import java.io.IOException;
import java.util.OptionalDouble;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How long it took until a study was seen.
 *
 * @param firstMillis from the click until the first image was on the screen
 * @param lastMillis from the click until all frames had come, where these were waited for
 * @param requests that the page had made until the first image was there, itself not counted
 * @param bytes of their answers, as they came over the line; what the browser had kept has none
 */
record OpenedStudy(double firstMillis, OptionalDouble lastMillis, int requests, long bytes) {
  private static final JsonMapper MAPPER = new JsonMapper();

  /** The JSON object that viewer.cjs prints. */
  static OpenedStudy parse(String output) throws IOException {
    try {
      JsonNode seen = MAPPER.readTree(output);
      JsonNode last = seen.path("last");
      return new OpenedStudy(
          seen.required("first").asDouble(),
          last.isNumber() ? OptionalDouble.of(last.asDouble()) : OptionalDouble.empty(),
          seen.required("requests").asInt(),
          seen.required("bytes").asLong());
    } catch (JacksonException e) {
      throw new IOException("the browser doesn't say what it saw: " + output, e);
    }
  }

  /** For people. */
  String shown() {
    return "%d requests, %,d KB".formatted(requests, bytes / 1000);
  }
}
