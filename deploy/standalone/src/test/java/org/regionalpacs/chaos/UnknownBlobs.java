package org.regionalpacs.chaos;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.regionalpacs.standalone.SeparateProduct;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Objects in a cluster of FastDFS that the index doesn't know and {@code ./pacs orphans} doesn't
 * list: room that nobody would ever find again.
 */
final class UnknownBlobs {
  private UnknownBlobs() {}

  /** What is unknown; empty when nothing is. */
  static List<String> of(SeparateProduct product, ChaosArchive archive) throws Exception {
    if (archive.cluster().isEmpty()) {
      return List.of();
    }
    Set<String> known = new HashSet<>();
    try (Connection connection = product.database();
        Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery("select blob_id from location where store <> 'online'")) {
      while (found.next()) {
        known.add(found.getString(1));
      }
    }
    String listed = product.run("orphans", "--json", "--limit=10000");
    List<PathMatcher> orphans = new ArrayList<>();
    for (JsonNode orphan : JsonMapper.shared().readTree(listed.substring(listed.indexOf('[')))) {
      known.add(orphan.path("Answered").asString(""));
      if (orphan.has("FileNamePattern")) {
        String pattern = "glob:" + orphan.path("FileNamePattern").asString();
        orphans.add(FileSystems.getDefault().getPathMatcher(pattern));
      }
    }
    List<String> unknown = new ArrayList<>();
    for (String id : archive.objects().keySet()) {
      Path name = Path.of(id).getFileName();
      if (!known.contains(id) && orphans.stream().noneMatch(orphan -> orphan.matches(name))) {
        unknown.add("in FastDFS, and nobody knows it: " + id);
      }
    }
    return unknown;
  }
}
