package org.regionalpacs.bench;

import java.io.IOException;
import java.util.OptionalDouble;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How long it took until a study was seen.
 *
 * @param previewMillis from the click until the page's picture of the first image was on the
 *     screen, which is there before the viewer is; empty when there was none
 * @param firstMillis from the click until the first image was on the screen
 * @param lastMillis from the click until all frames had come, where these were waited for
 * @param requests that the page had made until the first image was there, itself not counted
 * @param bytes of their answers, as they came over the line; what the browser had kept has none
 */
record OpenedStudy(
    OptionalDouble previewMillis,
    double firstMillis,
    OptionalDouble lastMillis,
    int requests,
    long bytes) {
  private static final JsonMapper MAPPER = new JsonMapper();

  /** The JSON object that viewer.cjs prints. */
  static OpenedStudy parse(String output) throws IOException {
    try {
      JsonNode seen = MAPPER.readTree(output);
      return new OpenedStudy(
          number(seen.path("preview")),
          seen.required("first").asDouble(),
          number(seen.path("last")),
          seen.required("requests").asInt(),
          seen.required("bytes").asLong());
    } catch (JacksonException e) {
      throw new IOException("the browser doesn't say what it saw: " + output, e);
    }
  }

  private static OptionalDouble number(JsonNode node) {
    return node.isNumber() ? OptionalDouble.of(node.asDouble()) : OptionalDouble.empty();
  }

  /** For people. */
  String shown() {
    return "%d requests, %,d KB".formatted(requests, bytes / 1000);
  }
}
