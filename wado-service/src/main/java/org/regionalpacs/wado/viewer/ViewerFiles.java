package org.regionalpacs.wado.viewer;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The files of the viewer as pack.mjs left them. Only what its manifest lists is there, so no path
 * leads anywhere else.
 */
final class ViewerFiles {
  private static final String MANIFEST = "manifest.json";
  private static final String LEFT_OUT = "left-out.txt";
  private static final String NO_NODE = "Node.js wasn't there when it was built.";

  private final ResourceLoader resources;
  private final String location;
  private final String key;
  private final String version;
  private final String page;
  private final List<String> ahead;
  private final String preloads;
  private final Map<String, ViewerFile> files;

  private ViewerFiles(ResourceLoader resources, String location, JsonNode manifest)
      throws IOException {
    this.resources = resources;
    this.location = location;
    this.key = manifest.path("key").asString();
    this.version = manifest.path("name").asString() + " " + manifest.path("version").asString();
    this.page = text(resources.getResource(location + "index.html"));
    this.ahead = manifest.path("ahead").valueStream().map(JsonNode::asString).toList();
    this.preloads = Preloads.links(ahead);
    this.files = files(manifest.path("files"));
  }

  /**
   * The files, or nothing when the build left the viewer out.
   *
   * @param location their folder, with a slash at its end
   */
  static Optional<ViewerFiles> load(ResourceLoader resources, String location) {
    Resource manifest = resources.getResource(location + MANIFEST);
    if (!manifest.exists()) {
      return Optional.empty();
    }
    try {
      JsonNode read = JsonMapper.shared().readTree(text(manifest));
      return Optional.of(new ViewerFiles(resources, location, read));
    } catch (IOException e) {
      throw new UncheckedIOException("The viewer in " + location + " can't be read", e);
    }
  }

  /** Why the build left it out. */
  static String whyLeftOut(ResourceLoader resources, String location) {
    try {
      return text(resources.getResource(location + LEFT_OUT)).strip();
    } catch (FileNotFoundException e) {
      return NO_NODE;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, ViewerFile> files(JsonNode listed) {
    Map<String, ViewerFile> files = new HashMap<>();
    for (Map.Entry<String, JsonNode> each : listed.properties()) {
      JsonNode about = each.getValue();
      Map<ContentCoding, Long> kept = new EnumMap<>(ContentCoding.class);
      for (ContentCoding coding : ContentCoding.values()) {
        if (about.has(coding.token())) {
          kept.put(coding, about.path(coding.token()).asLong());
        }
      }
      long size = about.path("size").asLong();
      if (kept.isEmpty()) {
        kept.put(ContentCoding.IDENTITY, size);
      }
      String type = about.path("type").asString();
      files.put(each.getKey(), new ViewerFile(each.getKey(), type, size, kept));
    }
    return files;
  }

  private static String text(Resource resource) throws IOException {
    return resource.getContentAsString(StandardCharsets.UTF_8);
  }

  /** Another one for every change of any file. */
  String key() {
    return key;
  }

  /** Name and version, for people. */
  String version() {
    return version;
  }

  /** The page, with {@code @files@} and {@code @page@} in its attributes. */
  String page() {
    return page;
  }

  /** Names of the files without which no study is shown; none where the manifest doesn't tell. */
  List<String> ahead() {
    return ahead;
  }

  /** Links to them for the head of a page that shows a study. */
  String preloads() {
    return preloads;
  }

  /** The file of that path. */
  Optional<ViewerFile> find(String path) {
    return Optional.ofNullable(files.get(path));
  }

  /** Its bytes in a coding that {@link ViewerFile#sent} gave. The caller closes the stream. */
  InputStream open(ViewerFile file, ContentCoding sent) throws IOException {
    if (sent == ContentCoding.IDENTITY && file.varies()) {
      return new GZIPInputStream(open(file, ContentCoding.GZIP));
    }
    return resources
        .getResource(location + "files/" + file.name() + sent.ending())
        .getInputStream();
  }
}
