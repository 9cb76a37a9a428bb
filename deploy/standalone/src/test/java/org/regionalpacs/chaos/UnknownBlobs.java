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
 * Objects in a cluster of FastDFS that the index doesn't know.
 *
 * @param orphans ids of those that {@code ./pacs orphans} lists
 * @param unknown ids of those that it doesn't list: room that nobody would ever find again
 */
record UnknownBlobs(Set<String> orphans, Set<String> unknown) {

  static UnknownBlobs of(SeparateProduct product, ChaosArchive archive) throws Exception {
    UnknownBlobs found = new UnknownBlobs(new HashSet<>(), new HashSet<>());
    if (archive.cluster().isEmpty()) {
      return found;
    }
    Set<String> known = new HashSet<>();
    try (Connection connection = product.database();
        Statement statement = connection.createStatement();
        ResultSet places =
            statement.executeQuery("select blob_id from location where store <> 'online'")) {
      while (places.next()) {
        known.add(places.getString(1));
      }
    }
    String listed = product.run("orphans", "--json", "--limit=10000");
    Set<String> answered = new HashSet<>();
    List<PathMatcher> patterns = new ArrayList<>();
    for (JsonNode orphan : JsonMapper.shared().readTree(listed.substring(listed.indexOf('[')))) {
      answered.add(orphan.path("Answered").asString(""));
      if (orphan.has("FileNamePattern")) {
        String pattern = "glob:" + orphan.path("FileNamePattern").asString();
        patterns.add(FileSystems.getDefault().getPathMatcher(pattern));
      }
    }
    for (String id : archive.objects().keySet()) {
      Path name = Path.of(id).getFileName();
      if (known.contains(id)) {
        continue;
      }
      boolean isListed =
          answered.contains(id) || patterns.stream().anyMatch(pattern -> pattern.matches(name));
      (isListed ? found.orphans : found.unknown).add(id);
    }
    return found;
  }
}
