package org.regionalpacs.wado.describe;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The description of every handler in OpenAPI 3.1, kept by hand beside the code: handlers write
 * their answers as streams, so that nothing could be derived from their signatures. A test compares
 * it with the handlers there are.
 */
@Component
class ApiDocument {
  private static final String FILE = "/wado-openapi.json";

  private final byte[] text;
  private final JsonNode root;

  ApiDocument() {
    this.text = resource(FILE);
    this.root = new JsonMapper().readTree(text);
  }

  /** A file that belongs to the service. */
  static byte[] resource(String name) {
    try (InputStream in = ApiDocument.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As it is served. */
  byte[] text() {
    return text.clone();
  }

  /** Path items by path. */
  JsonNode paths() {
    return root.path("paths");
  }

  /** A parameter, which operations name by reference. */
  JsonNode resolved(JsonNode parameter) {
    String reference = parameter.path("$ref").asString("");
    return reference.isEmpty() ? parameter : root.at(reference.substring(1));
  }
}
