package org.regionalpacs.consumer.rebuild;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the index says, but for when it was written and how often. */
record IndexSnapshot(SortedMap<String, List<String>> rowsByTable) {
  private static final List<String> TABLES =
      List.of(
          "patient",
          "study",
          "series",
          "instance",
          "superseded_instance",
          "location",
          "block_list",
          "rendition",
          "conflict",
          "conflict_object",
          "query_tag_value",
          "online_study",
          "deletion",
          "dead_reception");

  /** Where an evicted file would be is nobody's business. */
  private static final String ROWS =
      """
      select (to_jsonb(t) - array['created', 'updated', 'indexed', 'change_number', 'changed',
                'counted_number', 'metadata_number', 'superseded', 'first_seen', 'last_seen',
                'used', 'queued', 'wanted', 'journaled'])
             - case when to_jsonb(t)->>'state' = 'evicted' then 'blob_id' else '' end
        from %s t
      """;

  static IndexSnapshot take(JdbcClient jdbc) {
    SortedMap<String, List<String>> rows = new TreeMap<>();
    for (String table : TABLES) {
      rows.put(
          table,
          jdbc.sql(ROWS.formatted(table)).query(String.class).list().stream().sorted().toList());
    }
    return new IndexSnapshot(rows);
  }
}
