package org.regionalpacs.index;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Writes conflicts. An object that is delivered again adds nothing. Rows are locked in one order,
 * objects before conflicts, and behind those of patients, studies and series.
 */
final class ConflictTable {
  private static final Logger LOG = LoggerFactory.getLogger(ConflictTable.class);

  private static final BatchStatement<ConflictEntry> ADD_OBJECTS =
      new BatchStatement<>(
          new Rows<ConflictEntry>()
              .text("tenant", entry -> entry.instance().tenant())
              .uuid("conflict_id", ConflictEntry::conflictId)
              .uuid("object_id", ConflictEntry::objectId),
          """
          insert into conflict_object (%1$s) select %1$s from %2$s
          on conflict do nothing
          returning conflict_id
          """);

  /** A conflict that so many objects more show. */
  private record Counted(ConflictEntry entry, int objects) {}

  private static final BatchStatement<Counted> UPSERT =
      new BatchStatement<>(
          new Rows<Counted>()
              .text("tenant", row -> row.entry().instance().tenant())
              .uuid("conflict_id", row -> row.entry().conflictId())
              .text("kind", row -> row.entry().kind().id())
              .text("study_uid", row -> row.entry().instance().studyUid())
              .text("series_uid", row -> row.entry().instance().seriesUid())
              .text("sop_uid", row -> row.entry().instance().sopUid())
              .uuid("reception_id", row -> row.entry().receptionId())
              .text("differences", row -> Differences.json(row.entry().differences()))
              .integer("objects", Counted::objects),
          """
          insert into conflict as c (%1$s)
          select tenant, conflict_id, kind, study_uid, series_uid, sop_uid, reception_id,
                 differences::jsonb, objects
            from %2$s
          on conflict (tenant, conflict_id) do update set
            series_uid = case when excluded.reception_id < c.reception_id
                              then excluded.series_uid else c.series_uid end,
            sop_uid = case when excluded.reception_id < c.reception_id
                           then excluded.sop_uid else c.sop_uid end,
            reception_id = least(c.reception_id, excluded.reception_id),
            differences = excluded.differences,
            objects = c.objects + excluded.objects,
            last_seen = now()
          where excluded.objects > 0 or c.differences <> excluded.differences
          """);

  private final JdbcTemplate jdbc;

  ConflictTable(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Records them, within the caller's transaction.
   *
   * @return how many objects of each kind weren't known to conflict before
   */
  Map<ConflictKind, Integer> record(List<ConflictEntry> entries) {
    if (entries.isEmpty()) {
      return Map.of();
    }
    Map<UUID, Integer> added = new HashMap<>();
    ADD_OBJECTS
        .query(jdbc, sorted(entries), (row, _) -> row.getObject(1, UUID.class))
        .forEach(conflict -> added.merge(conflict, 1, Integer::sum));
    List<Counted> conflicts =
        firstOfEach(entries).stream()
            .map(entry -> new Counted(entry, added.getOrDefault(entry.conflictId(), 0)))
            .toList();
    UPSERT.execute(jdbc, conflicts);
    List<Counted> news = conflicts.stream().filter(one -> one.objects() > 0).toList();
    news.forEach(ConflictTable::log);
    return news.stream()
        .collect(
            Collectors.groupingBy(
                conflict -> conflict.entry().kind(),
                () -> new EnumMap<>(ConflictKind.class),
                Collectors.summingInt(Counted::objects)));
  }

  /** Without the values: they identify patients. */
  private static void log(Counted conflict) {
    ConflictEntry entry = conflict.entry();
    LOG.warn(
        "{} objects disagree with the index and are kept as received: kind={} attributes={}"
            + " tenant={} study={} series={} sop={} reception={}",
        conflict.objects(),
        entry.kind().id(),
        entry.differences().keySet(),
        entry.instance().tenant(),
        entry.instance().studyUid(),
        entry.instance().seriesUid(),
        entry.instance().sopUid(),
        entry.receptionId());
  }

  private static List<ConflictEntry> sorted(List<ConflictEntry> entries) {
    List<ConflictEntry> sorted = new ArrayList<>(entries);
    sorted.sort(
        Comparator.comparing((ConflictEntry entry) -> entry.instance().tenant())
            .thenComparing(ConflictEntry::conflictId, Version.RECEPTION_ORDER)
            .thenComparing(ConflictEntry::objectId, Version.RECEPTION_ORDER));
    return sorted;
  }

  /** Of each conflict the object that was received first, in the order in which rows are locked. */
  private static List<ConflictEntry> firstOfEach(List<ConflictEntry> entries) {
    Map<UUID, ConflictEntry> first = new LinkedHashMap<>();
    for (ConflictEntry entry : sorted(entries)) {
      first.merge(
          entry.conflictId(),
          entry,
          (one, other) ->
              Version.RECEPTION_ORDER.compare(other.receptionId(), one.receptionId()) < 0
                  ? other
                  : one);
    }
    return List.copyOf(first.values());
  }
}
