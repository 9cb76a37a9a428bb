package org.regionalpacs.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The viewer of this build as files, for a server that gives files.
 *
 * @param key that their URLs have in them
 * @param types media types by the ending of the name
 */
record ViewerFiles(String key, Map<String, String> types) {
  private static final String LOCATION = "/viewer/";

  /** Below the folder: files in brotli, by their own names. */
  static final String BROTLI = "br";

  /** Below the folder: files that gain nothing by it. */
  static final String PLAIN = "plain";

  /**
   * Looks whether there is one.
   *
   * @throws IOException when it was left out of this build
   */
  static void require() throws IOException {
    if (ViewerFiles.class.getResource(LOCATION + "manifest.json") == null) {
      throw new IOException(
          "This build has no viewer (./pacs status says why); get what it needs, then: ./pacs build");
    }
  }

  /** Copies all files. */
  static ViewerFiles copy(Path folder) throws IOException {
    JsonNode manifest;
    try (InputStream in = open("manifest.json")) {
      manifest = new JsonMapper().readTree(in);
    }
    Map<String, String> types = new TreeMap<>();
    for (Map.Entry<String, JsonNode> each : manifest.path("files").properties()) {
      String name = each.getKey();
      boolean compressed = each.getValue().has(BROTLI);
      Path to = folder.resolve(compressed ? BROTLI : PLAIN).resolve(name);
      Files.createDirectories(to.getParent());
      try (InputStream in = open("files/" + name + (compressed ? ".br" : ""))) {
        Files.copy(in, to);
      }
      types.put(name.substring(name.lastIndexOf('.') + 1), each.getValue().path("type").asString());
    }
    return new ViewerFiles(manifest.path("key").asString(), types);
  }

  private static InputStream open(String name) throws IOException {
    InputStream in = ViewerFiles.class.getResourceAsStream(LOCATION + name);
    if (in == null) {
      throw new IOException("this build's viewer has no " + name);
    }
    return in;
  }
}
